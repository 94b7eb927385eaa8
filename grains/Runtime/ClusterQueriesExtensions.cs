using System.Runtime.CompilerServices;

namespace OrleansCluster.Grains.Runtime;

internal static class ClusterQueriesExtensions
{
    private const int PageSize = 1000;

    /// <summary>All of them, a page after the other; what changes meanwhile may or may not be among them.</summary>
    public static async IAsyncEnumerable<TaskView> ReadTasks(
        this IClusterQueries queries, string cluster, string? jobId, TaskState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await queries.ListTasks(cluster, jobId, state, after, PageSize, cancellationToken);
            foreach (var task in page.Items)
                yield return task;
            after = page.Next;
        }
        while (after is not null);
    }
}
