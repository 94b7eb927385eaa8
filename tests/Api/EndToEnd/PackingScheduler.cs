using System.Collections.Immutable;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Fills the first node that has room, so that two of them want the same; places anew what was refused.</summary>
internal sealed class PackingScheduler(string prefix, int count, ContainerSpec container) : IScheduler
{
    private readonly SortedSet<string> _waiting = new(Enumerable.Range(0, count).Select(i => $"{prefix}-{i:d3}"), StringComparer.Ordinal);

    public HashSet<string> Ran { get; } = [];
    public HashSet<string> Ended { get; } = [];
    public List<FrameworkOutcome> Refused { get; } = [];
    public List<FrameworkUpdate> Updates { get; } = [];

    /// <summary>Waited for before the first launch.</summary>
    public Func<Task> BeforeFirst { get; init; } = () => Task.CompletedTask;

    /// <summary>Whether it is done when all tasks have ended; else it goes on until it is cancelled.</summary>
    public bool Ends { get; init; } = true;

    /// <summary>Waited for in each round.</summary>
    public Action<SchedulerRound> OnRound { get; init; } = _ => { };

    public async Task<SchedulerDecision> DecideAsync(SchedulerRound round, CancellationToken cancellationToken)
    {
        OnRound(round);
        foreach (var refused in round.Outcomes.Where(outcome => !outcome.IsCommitted))
        {
            Refused.Add(refused);
            Assert.True(round.Cluster.Version.IsAtLeast(refused.Rejection!.RefreshTo), "The snapshot is too old to show why it was refused.");
            _waiting.Add(refused.Task);
        }

        foreach (var update in round.Updates)
        {
            Updates.Add(update);
            _waiting.Remove(update.Task);
            if (update.State >= TaskState.Running)
                Ran.Add(update.Task);
            if (update.State == TaskState.Stopped)
                Ended.Add(update.Task);
        }

        ImmutableArray<FrameworkTask> launch = [.. Place(round.Cluster)];
        if (launch.Length > 0)
            await BeforeFirst();
        return new SchedulerDecision { Launch = launch, IsDone = Ends && Ended.Count == count };
    }

    private IEnumerable<FrameworkTask> Place(ClusterSnapshot cluster)
    {
        foreach (var node in cluster.Nodes.Values.Where(node => node.Status == NodeStatus.Active))
        {
            for (var free = node.Free; free.Cpu >= container.Resources.Cpu && free.Memory >= container.Resources.Memory && _waiting.Min is { } task; free -= container.Resources)
            {
                _waiting.Remove(task);
                yield return new FrameworkTask { Name = task, Node = node.Name, Containers = [container] };
            }
        }
    }
}
