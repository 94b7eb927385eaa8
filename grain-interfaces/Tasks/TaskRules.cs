namespace OrleansCluster;

/// <summary>How long a task may take, and what follows where an attempt fails.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskRules")]
public sealed record TaskRules
{
    /// <summary><see langword="null"/>: one attempt.</summary>
    [Id(0)] public RetrySpec? Retry { get; init; }

    /// <summary>Seconds that an attempt may run.</summary>
    [Id(1)] public int? AttemptTimeout { get; init; }

    /// <summary>Seconds from an attempt's launch on its node to its containers running.</summary>
    [Id(2)] public int? StartTimeout { get; init; }

    /// <summary>Seconds that an attempt may wait for a node.</summary>
    [Id(3)] public int? QueueTimeout { get; init; }

    /// <summary><see langword="null"/> for a task that says none of it.</summary>
    public static TaskRules? Of(JobTaskSpec task) =>
        (task.Retry, task.AttemptTimeout, task.StartTimeout, task.QueueTimeout) is (null, null, null, null)
            ? null
            : new TaskRules { Retry = task.Retry, AttemptTimeout = task.AttemptTimeout, StartTimeout = task.StartTimeout, QueueTimeout = task.QueueTimeout };
}
