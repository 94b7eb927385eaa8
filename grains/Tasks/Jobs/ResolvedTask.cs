using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>A job's task with its definition fixed to one revision, and what an instance of it needs.</summary>
/// <param name="Definition"><c>family:revision</c>.</param>
internal sealed record ResolvedTask(
    string Name, string Definition, Resources Resources, ImmutableArray<HostPort> Ports, ImmutableArray<string> Essential)
{
    /// <summary>GPU and named amounts.</summary>
    public ExtraDemand? Extras { get; init; }
    public CheckpointSpec? Checkpoint { get; init; }

    public static ResolvedTask Of(string name, TaskDefinition definition) => new(
        name,
        definition.Name,
        definition.Containers.Aggregate(default(Resources), (sum, c) => sum + c.Resources),
        [.. definition.Containers.SelectMany(c => c.Ports).Where(p => !p.IsDynamic()).Select(p => new HostPort(p.Host, p.Protocol))],
        [.. definition.Containers.Where(c => c.Essential).Select(c => c.Name)])
    {
        Extras = ExtraSums.Of(definition.Containers),
        Checkpoint = definition.Checkpoint,
    };
}
