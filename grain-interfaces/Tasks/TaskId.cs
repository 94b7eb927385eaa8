namespace OrleansCluster;

/// <summary>Spells task ids: <c>job.name.index</c>. The parts hold no dots, so they can be read back.</summary>
public static class TaskId
{
    public static string Of(string jobId, string name, int index) => $"{jobId}.{name}.{index}";

    public static string JobOf(string taskId) => taskId[..taskId.IndexOf('.')];
}
