namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A statement that is made once and executed for every row. Values come in the order in which their names first appear in its SQL.</summary>
internal interface IRowStatement : IDisposable
{
    /// <summary>Answers how many rows were written.</summary>
    int Execute(params ReadOnlySpan<RowValue> values);

    /// <summary>The first column of the first row as a number; <see langword="null"/> where there is none, or where it is NULL.</summary>
    long? Scalar(params ReadOnlySpan<RowValue> values);
}
