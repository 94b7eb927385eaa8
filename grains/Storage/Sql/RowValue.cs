namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A text, a number or NULL for a column; a value of its own, so that numbers are not boxed a million times.</summary>
internal readonly struct RowValue
{
    // Told apart by its reference, so that a value is no larger for it.
    private static readonly string _null = new('\0', 1);

    private RowValue(string? text, long number) => (Text, Number) = (text, number);

    /// <summary><see langword="null"/> for a number; it means nothing for NULL.</summary>
    public string? Text { get; }

    public long Number { get; }

    public bool IsNull => ReferenceEquals(Text, _null);

    public static implicit operator RowValue(string? text) => new(text ?? _null, 0);

    public static implicit operator RowValue(long number) => new(null, number);
}
