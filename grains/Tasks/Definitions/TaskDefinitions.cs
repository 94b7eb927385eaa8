namespace OrleansCluster.Grains.Tasks.Definitions;

/// <summary>Between what is registered and what becomes of it.</summary>
internal static class TaskDefinitions
{
    /// <param name="revision">From 1 on; 0 where it is not registered.</param>
    public static TaskDefinition ToRevision(TaskDefinitionSpec spec, int revision, DateTimeOffset registeredAt) => new()
    {
        Family = spec.Family,
        Revision = revision,
        RegisteredAt = registeredAt,
        Containers = spec.Containers,
        Volumes = spec.Volumes,
        Network = spec.Network,
        Checkpoint = spec.Checkpoint,
        OnDisconnect = spec.OnDisconnect,
    };

    public static TaskDefinitionSpec ToSpec(TaskDefinition definition) => new()
    {
        Family = definition.Family,
        Containers = definition.Containers,
        Volumes = definition.Volumes,
        Network = definition.Network,
        Checkpoint = definition.Checkpoint,
        OnDisconnect = definition.OnDisconnect,
    };
}
