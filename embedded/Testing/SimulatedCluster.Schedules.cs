namespace OrleansCluster.Testing;

/// <summary>Schedules, as a client of the cluster sees them.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Makes a schedule, or changes it. It is durable when this returns.</summary>
    /// <returns>The schedule; or, refused, every fault, and nothing has changed.</returns>
    public Task<Answer<ScheduleView>> PutSchedule(ScheduleSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return AskSchedule(spec.Name, schedule => schedule.Put(spec));
    }

    /// <returns><see langword="null"/> where there is no such schedule.</returns>
    public Task<ScheduleView?> GetSchedule(string name) => AskSchedule(name, schedule => schedule.Get());

    /// <summary>Has a schedule start nothing by itself, or go on.</summary>
    /// <returns>The schedule; or a refusal: there is none.</returns>
    public Task<Answer<ScheduleView>> SetSchedulePaused(string name, bool paused) => AskSchedule(name, schedule => schedule.SetPaused(paused));

    /// <summary>Starts a job of a schedule now.</summary>
    /// <returns>The run, whose outcome says whether a job was started; or a refusal: there is no such schedule.</returns>
    public Task<Answer<ScheduleRun>> RunSchedule(string name)
    {
        var key = _ids.NewId(8);
        return AskSchedule(name, schedule => schedule.RunNow(key));
    }

    /// <summary>Removes a schedule; jobs that have started go on.</summary>
    /// <returns>The schedule as it was; or a refusal: there is none.</returns>
    public Task<Answer<ScheduleView>> DeleteSchedule(string name) => AskSchedule(name, schedule => schedule.Delete());

    private Task<T> AskSchedule<T>(string name, Func<IScheduleGrain, Task<T>> question)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Ask(silo => question(silo.Engine.GetGrain<IScheduleGrain>(GrainKeys.Schedule(Options.Cluster, name))));
    }
}
