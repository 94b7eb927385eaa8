using System.Collections.Immutable;
using OrleansCluster.Client;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads.Frameworks;

/// <summary>
/// A scheduler that is written with the SDK and runs as it does everywhere: places tasks first fit, kills some of them, is broken off at any moment and begun anew. In the end every task that it knows of
/// has ended for it.
/// </summary>
internal sealed class SdkFramework(WorkloadContext context, string name, SeededRandom random) : FrameworkBehaviour(context, name, random), IScheduler
{
    private const int MostTasks = 30;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _shortestRun = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestRun = TimeSpan.FromSeconds(60);

    /// <summary>Tasks that it has decided to launch, and whose end it has not been told.</summary>
    private readonly SortedDictionary<string, FrameworkTask> _open = new(StringComparer.Ordinal);
    private int _tasks;
    private int _runs;

    protected override FrameworkSpec Spec { get; } = new() { Name = name, Priority = random.Between(0, 74), FailoverTimeout = 100_000 };

    public override string Describe() => $"{_tasks} tasks, of which {string.Join(", ", _open.Keys)} have not ended for it";

    public Task<SchedulerDecision> DecideAsync(SchedulerRound round, CancellationToken cancellationToken)
    {
        foreach (var update in round.Updates)
        {
            Context.Cluster.Invariants!.OnTold(Name, update);
            if (update.State == TaskState.Stopped)
                _open.Remove(update.Task);
        }

        foreach (var outcome in round.Outcomes)
            Context.Cluster.Invariants!.OnAnswer(new ClaimOutcome { TaskId = outcome.TaskId, Attempt = 1, Node = outcome.Node, Rejection = outcome.Rejection });
        return Task.FromResult(Context.IsFinishing ? new SchedulerDecision { Kill = [.. _open.Keys], IsDone = _open.Count == 0 } : Decide(round));
    }

    protected override Task Act() => RunUntil(Random.Between(_shortestRun, _longestRun));

    protected override async Task End()
    {
        while (!await RunUntil(Timeout.InfiniteTimeSpan))
            await Context.Delay(_pause);
    }

    /// <returns>Whether it was done.</returns>
    private async Task<bool> RunUntil(TimeSpan end)
    {
        using var ending = new CancellationTokenSource(end, Context.Clock);
        try
        {
            await new SchedulerRun(new FrameworkCalls(Context, Name, Token), Spec, this, Context.Clock, $"run{++_runs}").RunAsync(ending.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            // As when its process has died: what it had asked for is under way.
            return false;
        }
        catch (SchedulerFollowedException)
        {
            // Messages are repeated here, and a subscription that comes twice is one that comes later.
            return false;
        }
    }

    /// <summary>What was refused may be launched again under its name, on another node perhaps.</summary>
    private SchedulerDecision Decide(SchedulerRound round)
    {
        var room = round.Cluster.Nodes.Values.Where(node => node.Status == NodeStatus.Active).ToDictionary(node => node.Name, node => node.Free);
        var launch = ImmutableArray.CreateBuilder<FrameworkTask>();
        var kill = _open.Count > 0 && Random.Chance(0.2) ? Random.Pick(_open.Keys.ToList()) : null;
        foreach (var refused in round.Outcomes.Where(outcome => !outcome.IsCommitted && outcome.Task != kill && Random.Chance(0.5)))
            Place(_open.GetValueOrDefault(refused.Task));
        for (var i = Random.Chance(0.5) ? Random.Between(1, 3) : 0; i > 0 && _tasks < MostTasks; i--)
        {
            _tasks++;
            Place(Draw("", Random.Below(4) switch { 0 => "exit 3", 1 => "sleep 10000000", _ => $"sleep {Random.Between(1, 40)}" }));
        }

        return new SchedulerDecision
        {
            Launch = launch.DrainToImmutable(),
            Mode = Random.Chance(0.3) ? CommitMode.AllOrNothing : CommitMode.Incremental,
            Detection = Random.Chance(0.3) ? ConflictDetection.Coarse : ConflictDetection.Fine,
            Kill = kill is null ? [] : [kill],
        };

        void Place(FrameworkTask? task)
        {
            if (task is null || room.FirstOrDefault(node => Fits(task, node.Value)).Key is not { } node)
                return;
            task = task with { Node = node, NodeETag = round.Cluster.Nodes[node].ETag };
            room[node] -= task.Containers[0].Resources;
            _open[task.Name] = task;
            launch.Add(task);
        }
    }

    private static bool Fits(FrameworkTask task, Resources free) => task.Containers[0].Resources is var asked && asked.Cpu <= free.Cpu && asked.Memory <= free.Memory;
}
