namespace OrleansCluster.Benchmarks.Delta;

/// <param name="Changed">Nodes that change between two deltas, a claim each.</param>
internal sealed record DeltaSettings(int Nodes, int Changed, int Rounds)
{
    public string? Fault
    {
        get
        {
            if (Nodes is < 1 or > 200_000)
                return "--nodes takes 1 to 200000";
            if (Changed < 1 || Changed > Nodes)
                return "--changed takes 1 to as many as there are nodes";
            return Rounds is < 1 or > 10_000 ? "--rounds takes 1 to 10000" : null;
        }
    }
}
