namespace OrleansCluster.Client;

/// <summary>Which part of a listing.</summary>
public sealed record PageRequest
{
    /// <summary>The first page, of 100 items at most.</summary>
    public static PageRequest First { get; } = new();

    /// <summary><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</summary>
    public string? After { get; init; }

    /// <summary>Items at most, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;
}
