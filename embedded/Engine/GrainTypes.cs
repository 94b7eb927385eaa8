using System.Reflection;
using Orleans;

namespace OrleansCluster.Embedded;

/// <summary>Finds grain classes, and the one that implements an interface.</summary>
internal static class GrainTypes
{
    /// <summary>In the order of their names, so that nothing depends on the order in an assembly.</summary>
    internal static IEnumerable<Type> In(Assembly assembly) => assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
            && type.IsAssignableTo(typeof(IGrainBase)) && type.IsAssignableTo(typeof(IGrain)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    internal static GrainClass Choose(GrainClass[] classes, Type interfaceType, string? prefix)
    {
        var candidates = Array.FindAll(classes, c => c.Implementation.IsAssignableTo(interfaceType));
        if (prefix is not null)
        {
            if (Array.Find(candidates, c => c.Implementation.FullName == prefix) is { } exact) return exact;
            candidates = Array.FindAll(candidates, c => c.Implementation.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        }

        var which = prefix is null ? $"{interfaceType}" : $"{interfaceType} with prefix \"{prefix}\"";
        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw new ArgumentException(
                $"Could not find an implementation for interface {which}: "
                + $"is its assembly among {nameof(EmbeddedEngineOptions.GrainAssemblies)}?"),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {which}. "
                + $"Candidates: {string.Join(", ", candidates.Select(c => c.Implementation.FullName))}"),
        };
    }
}
