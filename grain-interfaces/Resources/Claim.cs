using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Resources taken on one node for one task attempt. The claims are the only truth about placement.</summary>
[GenerateSerializer, Immutable, Alias("ocs.Claim")]
public sealed record Claim
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required string Node { get; init; }
    [Id(3)] public required Resources Resources { get; init; }
    [Id(4)] public ImmutableArray<HostPort> Ports { get; init; } = [];
    [Id(5)] public required string Definition { get; init; }
    [Id(6)] public required string Team { get; init; }

    /// <summary>Empty for a task of no group.</summary>
    [Id(7)] public string Group { get; init; } = "";

    /// <summary>The devices that it has got, and the named amounts.</summary>
    [Id(8)] public ExtraClaim? Extras { get; init; }

    /// <summary>The task's, 0 to 100: what is below it may have to leave for it.</summary>
    [Id(9)] public int Priority { get; init; } = DefaultPriority;

    /// <summary>When it was committed; <see langword="null"/> where that is not known.</summary>
    [Id(10)] public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>The gang that it was committed with, whole; <see langword="null"/> for a task of none.</summary>
    [Id(50)] public string? Gang { get; init; }

    /// <summary>Of those whose priority is not known.</summary>
    public const int DefaultPriority = 50;

    /// <summary>It is held for an offer, and no task runs on it.</summary>
    public bool IsOffer => OfferId.Is(TaskId);

    /// <summary>There is one claim for each task attempt, ever, so its id is made of both and a repeated request is recognised.</summary>
    public string Id => IdOf(TaskId, Attempt);

    public static string IdOf(string taskId, int attempt) => $"{taskId}#{attempt}";
}
