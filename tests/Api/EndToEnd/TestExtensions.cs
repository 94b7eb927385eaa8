using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;

namespace OrleansCluster.Tests.Api.EndToEnd;

internal static class TestExtensions
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static T Also<T>(this T value, Action<T> action)
    {
        action(value);
        return value;
    }

    public static Task WaitForNode(this OrleansClusterClient client) =>
        Poll.Until("a node has joined", async () => (await client.Nodes.GetAllAsync()).Items.Any(node => node.Status == NodeStatus.Active));

    /// <summary>The job once it has ended.</summary>
    public static Task<JobView> WaitForEnd(this OrleansClusterClient client, string jobId) => client.WaitFor(jobId, "has ended", job => job.HasEnded);

    public static async Task<JobView> WaitFor(this OrleansClusterClient client, string jobId, string what, Func<JobView, bool> condition)
    {
        using var patience = new CancellationTokenSource(_patience);
        JobView? last = null;
        try
        {
            await foreach (var job in client.Jobs.WatchAsync(jobId, patience.Token))
            {
                last = job;
                if (condition(job))
                    return job;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Told below.
        }

        throw new Xunit.Sdk.XunitException($"Expected that job {jobId} {what}; after {_patience} it is {last}: {string.Join(", ", last?.Tasks ?? [])}");
    }

    public static async Task<List<TaskView>> TasksOf(this OrleansClusterClient client, string jobId) =>
        await client.Tasks.ListAsync(jobId, state: null).ToListAsync();
}
