namespace OrleansCluster.Grains.Storage.Sql.Folding;

/// <param name="isExact">Whether all rows have been loaded that the batch may touch; if not, the first unit to touch one is believed.</param>
internal sealed class FoldedTable<T>(bool isExact)
    where T : class
{
    private readonly Dictionary<(string First, string Second), FoldedRow<T>> _rows = [];
    private readonly List<(FoldedRow<T> Row, long ETag, T? Value, bool IsTouched)> _undo = [];

    /// <summary>In the order of their keys, the same in every process: writers who lock rows in one order never wait for each other in a circle.</summary>
    public List<FoldedRow<T>> Touched() => InOrder(row => row.IsTouched);

    public void Load(string first, string second, long etag) => _rows.Add((first, second), new FoldedRow<T>(first, second, etag));

    public bool Write(string first, string second, long expected, long etag, T? value)
    {
        if (!_rows.TryGetValue((first, second), out var row))
            _rows.Add((first, second), row = new FoldedRow<T>(first, second, isExact ? 0 : expected));
        if (row.ETag != expected)
            return false;
        _undo.Add((row, row.ETag, row.Value, row.IsTouched));
        (row.ETag, row.Value, row.IsTouched) = (etag, value, true);
        return true;
    }

    /// <summary>Whether the row is at an ETag, which it then has to be in the database.</summary>
    public bool Check(string first, string second, long expected)
    {
        if (!_rows.TryGetValue((first, second), out var row))
            _rows.Add((first, second), row = new FoldedRow<T>(first, second, isExact ? 0 : expected));
        if (row.ETag != expected)
            return false;
        row.IsChecked = true;
        return true;
    }

    /// <summary>Rows that others rest on and nobody writes, in the order of their keys.</summary>
    public List<FoldedRow<T>> Checked() => InOrder(row => row is { IsChecked: true, IsTouched: false });

    /// <summary>Later writes can be undone, earlier ones no more.</summary>
    public void Keep() => _undo.Clear();

    public void Undo()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
        {
            var (row, etag, value, isTouched) = _undo[i];
            (row.ETag, row.Value, row.IsTouched) = (etag, value, isTouched);
        }

        _undo.Clear();
    }

    private List<FoldedRow<T>> InOrder(Func<FoldedRow<T>, bool> which)
    {
        var rows = _rows.Values.Where(which).ToList();
        rows.Sort(static (a, b) => string.CompareOrdinal(a.First, b.First) is not 0 and var order ? order : string.CompareOrdinal(a.Second, b.Second));
        return rows;
    }
}
