namespace OrleansCluster;

/// <summary>Keeps a metric near a target by the number of tasks, as target tracking does in ECS.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ScalingPolicy")]
public sealed record ScalingPolicy
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";

    /// <summary><c>cpu</c> or <c>memory</c>, percent of what the tasks have claimed, averaged over those that run; or a metric that is put for the service.</summary>
    [Id(0)] public required string Metric { get; init; }

    /// <summary>What the metric is to be; above 0, at most 10^12.</summary>
    [Id(1)] public required double Target { get; init; }

    /// <summary>The metric is a total, such as the length of a queue, and the target what one task is to have of it.</summary>
    [Id(2)] public bool PerTask { get; init; }

    /// <summary>Seconds after the count has grown in which this policy lets it grow no further, 0 to 86,400.</summary>
    [Id(3)] public int ScaleOutCooldown { get; init; } = 60;

    /// <summary>Seconds after the count has changed in which it does not shrink, 0 to 86,400.</summary>
    [Id(4)] public int ScaleInCooldown { get; init; } = 300;

    /// <summary>It only lets the count grow. What it wants is still not gone below.</summary>
    [Id(5)] public bool DisableScaleIn { get; init; }

    /// <summary>Whether nodes measure it, and nobody puts it.</summary>
    public static bool IsMeasured(string metric) => metric is Cpu or Memory;
}
