namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A text, a number or NULL for a column; a value of its own, so that numbers are not boxed a million times.</summary>
internal readonly struct RowValue
{
    private RowValue(string? text, long number, bool isNull) => (Text, Number, IsNull) = (text, number, isNull);

    /// <summary><see langword="null"/> for a number and for NULL.</summary>
    public string? Text { get; }

    public long Number { get; }

    public bool IsNull { get; }

    public static implicit operator RowValue(string? text) => new(text, 0, text is null);

    public static implicit operator RowValue(long number) => new(null, number, false);
}
