namespace OrleansCluster;

/// <summary>A scheduler that is not ours: it takes part in the cluster by claims of its own over the shared state, by offers, or by both.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkSpec")]
public sealed record FrameworkSpec
{
    /// <summary>Lower-case letters, digits and hyphens, 1 to 63 characters; ids of its tasks begin with it.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Whose share of the cluster its tasks and its offers use.</summary>
    [Id(1)] public string Team { get; init; } = "default";

    /// <summary>0 to 100: of its tasks, and of its offers where they are contestable.</summary>
    [Id(2)] public int Priority { get; init; } = Claim.DefaultPriority;

    /// <summary>Seconds that it may be away, 0 to 31,536,000, before its tasks are dealt with by <see cref="Abandoned"/>.</summary>
    [Id(3)] public int FailoverTimeout { get; init; }
    [Id(4)] public AbandonedTasks Abandoned { get; init; }

    /// <summary>Calls a second that are taken from it on the average, 1 to 10,000; ten times as many at once.</summary>
    [Id(5)] public int RateLimit { get; init; } = 1_000;

    /// <summary>Tasks that it may have at a time, those it has not acknowledged the end of among them, 1 to 100,000.</summary>
    [Id(6)] public int MaximumTasks { get; init; } = 50_000;

    /// <summary>Seconds that an offer stands, 1 to 3,600.</summary>
    [Id(7)] public int OfferTimeout { get; init; } = 60;

    /// <summary>Whether work of a higher band may have what is offered to it; the offer is rescinded then.</summary>
    [Id(8)] public bool Contestable { get; init; }
}
