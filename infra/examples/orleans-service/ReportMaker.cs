using System.Collections.Immutable;
using OrleansCluster.Client;

namespace NightlyReports;

/// <summary>Makes a day's report on the cluster: the same from a grain of a silo that has joined it and from a client.</summary>
internal sealed class ReportMaker(ClusterGrains cluster)
{
    public async Task<NightlyReport> Make(string day, CancellationToken cancellationToken)
    {
        // The day is the key: a second submission, after a crash in the middle of this, finds the job of the first.
        var answer = await cluster.SubmitAsync(NightlyJob.Spec, key: day, cancellationToken);
        if (!answer.IsAccepted)
            throw new InvalidOperationException($"{answer.Refusal.Title} {string.Join("; ", answer.Refusal.Faults)}");

        var events = ReadEvents(answer.Value.Id, cancellationToken);
        var task = await cluster.WaitForTaskAsync(NightlyJob.ReportOf(day), cancellationToken);
        var job = await cluster.WaitForJobAsync(answer.Value.Id, cancellationToken);
        return new NightlyReport { Job = job.Value!.Id, Status = job.Value.Status, Node = task.Value?.Node, Events = await events };
    }

    private async Task<ImmutableArray<string>> ReadEvents(string jobId, CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        await foreach (var happened in cluster.ReadEventsAsync(after: 0, jobId, cancellationToken))
        {
            lines.Add($"{happened.Time:HH:mm:ss.fff} {happened.Type} {happened.Subject}");
            if (happened.Type is "job.succeeded" or "job.failed" or "job.stopped")
                break;
        }

        return lines.ToImmutable();
    }
}
