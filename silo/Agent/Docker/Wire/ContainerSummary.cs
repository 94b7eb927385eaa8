namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record ContainerSummary
{
    public required string Id { get; init; }
    public string[]? Names { get; init; }

    /// <summary><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c> or <c>dead</c>.</summary>
    public string? State { get; init; }
    public Dictionary<string, string>? Labels { get; init; }
}
