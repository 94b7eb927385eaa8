namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A text or a number for a column; a value of its own, so that numbers are not boxed a million times.</summary>
internal readonly struct RowValue
{
    private RowValue(string? text, long number) => (Text, Number) = (text, number);

    /// <summary><see langword="null"/> for a number.</summary>
    public string? Text { get; }

    public long Number { get; }

    public static implicit operator RowValue(string text) => new(text, 0);

    public static implicit operator RowValue(long number) => new(null, number);
}
