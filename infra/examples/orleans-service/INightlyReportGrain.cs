using Orleans.Concurrency;
using OrleansCluster;

namespace NightlyReports;

/// <summary>The report of one day. Key: <c>nightly/DAY</c>.</summary>
[Alias("nightly.INightlyReportGrain")]
public interface INightlyReportGrain : IGrainWithStringKey
{
    /// <summary>Runs the day's job and answers when it has ended. However often it is called, and wherever a call before it broke off, it is one job.</summary>
    [Alias("Make"), ResponseTimeout("00:30:00")]
    Task<NightlyReport> Make(CancellationToken cancellationToken);

    /// <summary>How the task that writes the report is getting on; <see langword="null"/> before it has begun.</summary>
    [Alias("GetProgress"), AlwaysInterleave]
    Task<TaskView?> GetProgress();
}
