namespace OrleansCluster;

/// <summary>The manager's answer to an observation.</summary>
/// <param name="Desired"><see cref="DesiredStatus.Stopped"/>: do not start it, or stop it.</param>
/// <param name="Release">The attempt has ended for the manager: its claim is given back.</param>
[GenerateSerializer, Immutable, Alias("ocs.TaskDirective")]
public sealed record TaskDirective([property: Id(0)] DesiredStatus Desired, [property: Id(1)] bool Release)
{
    /// <summary>The traceparent of the task's trace, where that is sampled: what the agent does for it belongs there.</summary>
    [Id(2)] public string? TraceParent { get; init; }

    /// <summary>The task's time limits, which its agent watches.</summary>
    [Id(3)] public TaskRules? Rules { get; init; }

    /// <summary>Where its definition has a checkpoint and the attempt is the current one.</summary>
    [Id(5)] public CheckpointOrders? Checkpoints { get; init; }
}
