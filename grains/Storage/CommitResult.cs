namespace OrleansCluster.Grains.Storage;

/// <param name="Conflict"><see langword="null"/> when committed; otherwise what did not match, in words.</param>
public sealed record CommitResult(string? Conflict)
{
    public static CommitResult Committed { get; } = new((string?)null);

    public bool IsCommitted => Conflict is null;
}
