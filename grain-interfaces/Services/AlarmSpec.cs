namespace OrleansCluster;

/// <summary>
/// A metric beyond a bound for some time. What was beyond it for as long when the deployment began does not count until it was back, as in ECS; neither does a metric of which
/// nothing is known.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.AlarmSpec")]
public sealed record AlarmSpec
{
    [Id(0)] public required string Name { get; init; }

    /// <summary><c>cpu</c>, <c>memory</c>, or a metric that is put for the service.</summary>
    [Id(1)] public required string Metric { get; init; }

    /// <summary>Either this or <see cref="Below"/>.</summary>
    [Id(2)] public double? Above { get; init; }
    [Id(3)] public double? Below { get; init; }

    /// <summary>Seconds, 0 to 3,600; 0: a single value will do.</summary>
    [Id(4)] public int For { get; init; } = 60;
}
