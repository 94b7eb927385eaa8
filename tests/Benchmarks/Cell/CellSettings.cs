namespace OrleansCluster.Benchmarks.Cell;

/// <param name="Tasks">Of all jobs together.</param>
/// <param name="InFlight">Tasks of jobs that have not ended: the next job is handed in when there are fewer.</param>
internal sealed record CellSettings(int Nodes, int Tasks, int TasksInJob, int InFlight)
{
    public string? Fault
    {
        get
        {
            if (Nodes is < 1 or > 100_000)
                return "--nodes takes 1 to 100000";
            if (Tasks is < 1 or > 10_000_000)
                return "--tasks takes 1 to 10000000";
            if (TasksInJob is < 1 or > 10_000)
                return "--tasks-in-job takes 1 to 10000";
            return InFlight < TasksInJob ? "--in-flight takes at least --tasks-in-job" : null;
        }
    }

    public int Jobs => (Tasks + TasksInJob - 1) / TasksInJob;
}
