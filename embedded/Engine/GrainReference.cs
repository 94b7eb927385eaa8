using System.Reflection;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>What GetGrain gives: turns calls of the interface's methods into messages.</summary>
internal class GrainReference : DispatchProxy, IEquatable<GrainReference>
{
    private GrainInterface? _interface;
    private GrainClass? _class;

    internal EmbeddedEngine Engine => _class!.Engine;

    internal GrainClass Class => _class!;

    internal GrainId Id { get; private set; }

    /// <summary>Where the last call went, to spare the look-up. It may be gone by now.</summary>
    internal Activation? LastSeen { get; set; }

    internal static object Create(Type interfaceType, GrainInterface grainInterface, GrainClass grainClass, IdSpan key)
    {
        var proxy = Create(interfaceType, typeof(GrainReference));
        var reference = (GrainReference)proxy;
        reference._interface = grainInterface;
        reference._class = grainClass;
        reference.Id = new GrainId(grainClass.Type, key);
        return proxy;
    }

    public bool Equals(GrainReference? other) => other is not null && other.Id == Id && other.Engine == Engine;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => Id.GetHashCode();

    public override string ToString() => Id.ToString();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _interface![targetMethod!].NewCall(this, args ?? []).Send();
}
