using OrleansCluster;
using OrleansCluster.Client;

namespace NightlyReports;

/// <summary>Lives on this service's silos, and holds a task that lives on the cluster's.</summary>
internal sealed class NightlyReportGrain(ClusterGrains cluster) : Grain, INightlyReportGrain
{
    private ITaskGrain _report = null!;

    private string Day => this.GetPrimaryKeyString().Split('/')[1];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _report = cluster.Task(NightlyJob.ReportOf(Day));
        return Task.CompletedTask;
    }

    public Task<NightlyReport> Make(CancellationToken cancellationToken) => new ReportMaker(cluster).Make(Day, cancellationToken);

    public Task<TaskView?> GetProgress() => _report.Get();
}
