namespace OrleansCluster.Client;

/// <summary>Which log of a task, and from where on.</summary>
public sealed record LogQuery
{
    /// <summary>A container's name; needed where the task has several.</summary>
    public string? Container { get; init; }

    /// <summary>1, 2 …; <see langword="null"/> for the newest attempt.</summary>
    public int? Attempt { get; init; }

    /// <summary>0 for the beginning, or <see cref="LogChunk.Next"/> of the chunk before.</summary>
    public long From { get; init; }

    /// <summary>Lines at most in a chunk, 1 to 1000.</summary>
    public int Limit { get; init; } = 1000;
}
