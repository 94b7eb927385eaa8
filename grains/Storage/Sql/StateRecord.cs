namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A row of <c>grain_state</c>. Settable properties, because databases differ in how wide their integers are read.</summary>
internal sealed class StateRecord
{
    public string Kind { get; set; } = "";
    public string Key { get; set; } = "";
    public long ETag { get; set; }
    public string Cluster { get; set; } = "";
    public string Parent { get; set; } = "";
    public string Status { get; set; } = "";
    public int Live { get; set; }
    public string Json { get; set; } = "";

    public StateRow ToRow() => new(Kind, Key, ETag, new StateIndex(Cluster, Parent, Status, Live != 0), Json);
}
