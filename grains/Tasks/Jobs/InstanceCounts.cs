namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>How many instances of one task of a job are how far.</summary>
internal readonly record struct InstanceCounts(int Queued, int Starting, int Running, int Succeeded, int Failed)
{
    /// <param name="by">1 to add the instance, -1 to take it out again.</param>
    public InstanceCounts Add(TaskReport report, int by) => report.State switch
    {
        TaskState.Provisioning => this with { Queued = Queued + by },
        TaskState.Pending or TaskState.Activating => this with { Starting = Starting + by },
        TaskState.Stopped when report.Succeeded => this with { Succeeded = Succeeded + by },
        TaskState.Stopped => this with { Failed = Failed + by },
        _ => this with { Running = Running + by },
    };
}
