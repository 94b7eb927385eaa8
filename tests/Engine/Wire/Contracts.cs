using System.Reflection;

namespace OrleansCluster.Tests.Engine.Wire;

/// <summary>The grain interfaces, and every type that a message to or from them can hold.</summary>
internal static class Contracts
{
    private static readonly Assembly _assembly = typeof(GrainKeys).Assembly;

    public static IReadOnlyList<Type> Interfaces { get; } =
        [.. _assembly.GetTypes().Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain))).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>What methods take and return, and whatever else asks for a serializer: it may be inside.</summary>
    public static IReadOnlyList<Type> Messages { get; } = [.. Interfaces
        .SelectMany(i => i.GetMethods())
        .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(ResultOf(m.ReturnType)))
        .Concat(_assembly.GetTypes().Where(t => t.IsDefined(typeof(GenerateSerializerAttribute)) && !t.ContainsGenericParameters))
        .Where(t => t != typeof(void) && t != typeof(CancellationToken))
        .Distinct()
        .OrderBy(t => t.ToString(), StringComparer.Ordinal)];

    private static Type ResultOf(Type task) => task.IsGenericType ? task.GetGenericArguments()[0] : typeof(void);
}
