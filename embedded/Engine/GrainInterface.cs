using System.Collections.Frozen;
using System.Reflection;

namespace OrleansCluster.Embedded;

/// <summary>A grain interface with its methods, inherited ones included.</summary>
internal sealed class GrainInterface(Type type)
{
    private readonly FrozenDictionary<MethodInfo, GrainMethod> _methods = type.GetInterfaces()
        .Append(type)
        .SelectMany(face => face.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        .ToFrozenDictionary(method => method, method => new GrainMethod(method));

    internal Type Type { get; } = type;

    internal GrainMethod this[MethodInfo method] => _methods[method];
}
