namespace OrleansCluster;

public static class PriorityBands
{
    public static PriorityBand Of(int priority) => priority switch
    {
        >= 90 => PriorityBand.Monitoring,
        >= 75 => PriorityBand.Production,
        >= 25 => PriorityBand.Batch,
        _ => PriorityBand.BestEffort,
    };

    /// <summary>Whether what runs in it may run on a guarantee that another team leaves idle, and be asked to give it back.</summary>
    public static bool MayBorrow(PriorityBand band) => band <= PriorityBand.Batch;
}
