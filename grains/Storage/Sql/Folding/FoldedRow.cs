namespace OrleansCluster.Grains.Storage.Sql.Folding;

/// <summary>What the units of a batch, one after the other, make of one row. Its key has two parts; ETag 0 stands for no row.</summary>
internal sealed class FoldedRow<T>(string first, string second, long found)
    where T : class
{
    public string First { get; } = first;

    public string Second { get; } = second;

    /// <summary>The ETag the database has, or has to have.</summary>
    public long Found { get; } = found;

    public long ETag { get; set; } = found;

    /// <summary>What to write; <see langword="null"/> as long as nothing is written, and where the row is deleted.</summary>
    public T? Value { get; set; }

    public bool IsTouched { get; set; }

    /// <summary>A unit rests on it.</summary>
    public bool IsChecked { get; set; }
}
