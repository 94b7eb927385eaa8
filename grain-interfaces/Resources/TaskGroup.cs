namespace OrleansCluster;

/// <summary>Spells the groups of tasks, by which they are spread and kept apart.</summary>
public static class TaskGroup
{
    public const string FamilyPrefix = "family:";

    /// <summary>The group of a service's tasks, as in ECS.</summary>
    public static string OfService(string service) => $"service:{service}";

    /// <summary>The group of tasks that are given none: their definition's family, as in ECS.</summary>
    /// <param name="definition"><c>family:revision</c>.</param>
    public static string OfDefinition(string definition)
    {
        var colon = definition.IndexOf(':');
        return string.Concat(FamilyPrefix, colon < 0 ? definition : definition.AsSpan(0, colon));
    }
}
