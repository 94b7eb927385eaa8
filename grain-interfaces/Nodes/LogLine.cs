namespace OrleansCluster;

/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
[GenerateSerializer, Immutable, Alias("ocs.LogLine")]
public sealed record LogLine([property: Id(0)] DateTimeOffset Time, [property: Id(1)] string Stream, [property: Id(2)] string Text);
