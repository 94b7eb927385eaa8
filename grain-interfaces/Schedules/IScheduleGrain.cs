using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>One schedule: when its next job starts, and what became of the last ones. Key: <see cref="GrainKeys.Schedule"/>.</summary>
[Alias("ocs.IScheduleGrain")]
public interface IScheduleGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the schedule, or changes it; durable when it returns. The same again changes nothing. Jobs that have started stay as they are. Refused with all faults, those
    /// of the job under <c>/job</c>.
    /// </summary>
    [Alias("Put")]
    Task<Answer<ScheduleView>> Put(ScheduleSpec spec);

    /// <summary><see langword="null"/> where there is no such schedule.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<ScheduleView?> Get();

    /// <summary>Nothing starts by itself while it is paused; from when it is not any more, the next start is the next one that comes.</summary>
    [Alias("SetPaused")]
    Task<Answer<ScheduleView>> SetPaused(bool paused);

    /// <summary>Starts a job beside the schedule, also while it is paused; jobs of earlier starts count as they do for any.</summary>
    /// <param name="key">Lower-case letters, digits and hyphens, at most 32; the job's id is made of it. The same key again is the same run.</param>
    [Alias("RunNow")]
    Task<Answer<ScheduleRun>> RunNow(string key);

    /// <summary>Nothing starts any more; jobs that have started go on. The schedule as it was. Refused where there is none.</summary>
    [Alias("Delete")]
    Task<Answer<ScheduleView>> Delete();

    /// <summary>Wakes it after a restart, so that it goes on.</summary>
    [Alias("Ensure"), AlwaysInterleave]
    Task Ensure();
}
