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

    internal GrainInterface Interface => _interface!;

    internal GrainId Id { get; private set; }

    /// <summary>Where the last call went, to spare the look-up. It may be gone by now.</summary>
    internal Activation? LastSeen { get; set; }

    /// <summary>A reference without a key, to be copied: making a proxy from scratch costs twenty times as much.</summary>
    internal static GrainReference Prototype(Type interfaceType, GrainInterface grainInterface, GrainClass grainClass)
    {
        var reference = (GrainReference)Create(interfaceType, typeof(GrainReference));
        reference._interface = grainInterface;
        reference._class = grainClass;
        return reference;
    }

    internal object With(IdSpan key)
    {
        var reference = (GrainReference)MemberwiseClone();
        reference.Id = new GrainId(Class.Type, key);
        return reference;
    }

    public bool Equals(GrainReference? other) => other is not null && other.Id == Id && other.Engine == Engine;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => Id.GetHashCode();

    public override string ToString() => Id.ToString();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _interface![targetMethod!].NewCall(this, args ?? []).Send();
}
