using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Tasks.Checkpoints;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>
/// Virtual actors wake only when they are called, so somebody has to call those that have work left: after a restart at once, and then on a slow
/// timer, which repairs whatever a lost message left undone.
/// </summary>
[HashBasedPlacement]
internal sealed partial class RecoveryGrain(IClusterQueries queries, CheckpointSweep sweep, TimeProvider clock, IGrainFactory grains, ILogger<RecoveryGrain> logger) : ClusterGrain, IRecoveryGrain
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _sweepPeriod = TimeSpan.FromMinutes(15);
    private const int AtOnce = 200;

    private IGrainTimer _timer = null!;
    private DateTimeOffset _sweptAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _sweptAt = clock.GetUtcNow();
        _timer = this.RegisterGrainTimer(WakeAll, new GrainTimerCreationOptions(TimeSpan.Zero, _period) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task Ensure() => Task.CompletedTask;

    public Task Wake()
    {
        _timer.Change(TimeSpan.Zero, _period);
        return Task.CompletedTask;
    }

    private async Task WakeAll(CancellationToken cancellationToken)
    {
        var view = grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(Cluster));
        var nodes = await view.Read(ClusterVersion.None, isFresh: true, TimeSpan.Zero, cancellationToken);
        await Wake(nodes.Nodes.Select(node => node.Name), name => grains.GetGrain<INodeGrain>(GrainKeys.Node(Cluster, name)).Ensure());
        await Wake(await queries.DrainedNodes(Cluster, cancellationToken), name => grains.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(Cluster, name)).Ensure());
        await Wake(await queries.Schedules(Cluster, cancellationToken), name => grains.GetGrain<IScheduleGrain>(GrainKeys.Schedule(Cluster, name)).Ensure());
        await Wake(await queries.Services(Cluster, cancellationToken), name => grains.GetGrain<IServiceGrain>(GrainKeys.Service(Cluster, name)).Ensure());
        await Wake(await queries.Frameworks(Cluster, cancellationToken), name => grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(Cluster, name)).Ensure());
        await Try(() => grains.GetGrain<IOffersGrain>(GrainKeys.Offers(Cluster)).Ensure());
        var live = await queries.LiveJobs(Cluster, cancellationToken);
        await Wake(live, id => JobOf(id).Ensure());
        await TellOfStragglers(live, cancellationToken);
        if (clock.GetUtcNow() - _sweptAt < _sweepPeriod)
            return;
        _sweptAt = clock.GetUtcNow();
        await Try(() => sweep.Run(Cluster, cancellationToken));
    }

    /// <summary>
    /// Tasks that wait for a node under a job that has ended: their start was written after the store had said that it failed, too late for the job's look and
    /// without a look of their own. A job that has only just begun takes the news for what they are.
    /// </summary>
    private async Task TellOfStragglers(HashSet<string> live, CancellationToken cancellationToken)
    {
        await foreach (var task in queries.ReadTasks(Cluster, jobId: null, TaskState.Provisioning, cancellationToken))
        {
            if (!task.IsOfService && task.OfFramework is null && !live.Contains(task.JobId))
                await Try(() => JobOf(task.JobId).TaskChanged(task.ToReport()));
        }
    }

    /// <summary>In the order of their names, some at a time.</summary>
    private async Task Wake(IEnumerable<string> names, Func<string, Task> wake)
    {
        foreach (var some in names.Order(StringComparer.Ordinal).Chunk(AtOnce))
            await Task.WhenAll(some.Select(name => Try(() => wake(name))));
    }

    private IJobGrain JobOf(string id) => grains.GetGrain<IJobGrain>(GrainKeys.Job(Cluster, id));

    /// <summary>One that cannot be woken must not keep the others asleep.</summary>
    private async Task Try(Func<Task> wake)
    {
        try
        {
            await wake();
        }
        catch (Exception exception)
        {
            LogNotWoken(logger, exception, Cluster);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: a grain could not be woken, or checkpoints not be swept; trying again later")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, string cluster);
}
