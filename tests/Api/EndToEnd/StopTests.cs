using OrleansCluster.Client;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

public sealed class StopTests
{
    /// <summary>Less than the 30 s after which the host stops waiting and breaks off.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Stop_WithRunningAndQueuedTasksAndOpenPolls_EndsByItself()
    {
        var data = Directory.CreateTempSubdirectory("ocs-stop-").FullName;
        try
        {
            await using var silo = await SimulatedSilo.Start(data, "--nodes", "2");
            var job = await silo.Client.Jobs.SubmitAsync(Job("parked", Task("runs", 5, command: ["sleep", "600"]), Task("queues", memory: 1_000_000)));
            await silo.Client.WaitFor(job.Id, "runs and queues", j => j.Tasks[0].Running == 5 && j.Tasks[1].Queued == 1);
            using var watching = new CancellationTokenSource();
            var polls = new[] { Follow(silo.Client.Jobs.WatchAsync(job.Id, watching.Token)), Follow(silo.Client.Events.ReadAsync(after: 0, job.Id, watching.Token)) };

            await silo.Stop().WaitAsync(_patience);

            await watching.CancelAsync();
            await System.Threading.Tasks.Task.WhenAll(polls);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task Follow<T>(IAsyncEnumerable<T> stream)
    {
        try
        {
            await foreach (var _ in stream)
            {
                // Only to keep it open.
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ClusterUnreachableException)
        {
            // The silo has gone, as it should.
        }
    }
}
