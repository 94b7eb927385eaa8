using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.ResourceManagement.Draining;

/// <summary>
/// Keeps what an operator wants of a node; the node's status is the cluster state's. Level-triggered: every look begins with the claims that are on the node, and
/// telling a task twice that it is to leave changes nothing.
/// </summary>
[RandomPlacement]
internal sealed class NodeDrainGrain(
    [PersistentState(NodeDrainState.Name, StoreGrainStorage.Name)] IPersistentState<NodeDrainState> state,
    ITransactionalStore store,
    ISiloPeers peers,
    TimeProvider clock,
    IGrainFactory grains) : ClusterGrain, INodeDrainGrain
{
    private const int LongestDeadline = 604_800;
    private const int AtOnce = 100;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    /// <summary>How long services have at the least to start their tasks elsewhere.</summary>
    private static readonly TimeSpan _timeOfServices = TimeSpan.FromMinutes(10);

    /// <summary>Of each job, the attempt that is being moved.</summary>
    private readonly SortedDictionary<string, (string TaskId, int Attempt)> _moving = new(StringComparer.Ordinal);
    private IGrainTimer? _timer;

    private NodeDrain? Drain => state.State.Drain;
    private IClusterStateGrain State => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Watch();
        return Task.CompletedTask;
    }

    public async Task<Answer<NodeDrain>> Begin(NodeDrain drain)
    {
        var faults = new FaultList();
        faults.CheckRange("/deadline", drain.Deadline, 0, LongestDeadline);
        if (faults.ToImmutable() is { IsEmpty: false } found)
            return Refusal.Invalid("The request has a fault.", found);
        if (await State.ReadNode(Name) is null)
            return Refusal.NotFound($"There is no node {Name}.");
        await CatchUp();
        await Save(drain with { Since = Drain?.Since ?? clock.GetUtcNow(), DrainedAt = null }, "node.drain");
        await State.SetNodeStatus(Name, NodeStatus.Draining);
        return Drain!;
    }

    public async Task<Refusal?> End()
    {
        if (await State.ReadNode(Name) is not { } node)
            return Refusal.NotFound($"There is no node {Name}.");
        await CatchUp();
        if (Drain is not null)
            await Save(null, "node.activate");

        // What is lost is not brought back by an operator, but by its agent.
        if (node.Status == NodeStatus.Draining)
            await State.SetNodeStatus(Name, NodeStatus.Active);
        return null;
    }

    public async Task<NodeDrain?> Get()
    {
        await CatchUp();
        return Drain;
    }

    public Task Ensure() => CatchUp();

    private void Watch()
    {
        if (Drain is null)
        {
            _timer?.Dispose();
            _timer = null;
        }
        else
        {
            _timer ??= this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(TimeSpan.Zero, _period) { KeepAlive = true });
        }
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        await CatchUp();
        if (Drain is not { } drain || await State.ReadNode(Name) is not { } node || node.Status == NodeStatus.Lost)
            return;

        // It was lost meanwhile, and has come back.
        if (node.Status == NodeStatus.Active)
            await State.SetNodeStatus(Name, NodeStatus.Draining);
        else if (node.Claims.IsEmpty)
            await Save(drain.DrainedAt is null ? drain with { DrainedAt = clock.GetUtcNow() } : drain, "node.drained");
        else
            await Clear(drain, node.Claims);
    }

    /// <summary>Services move their tasks themselves, another first; what has found no other place by the end of its time leaves without.</summary>
    private async Task Clear(NodeDrain drain, ImmutableArray<Claim> claims)
    {
        var passed = clock.GetUtcNow() - drain.Since;
        var ofServices = claims.Where(claim => TaskId.IsOfService(claim.TaskId)).ToImmutableArray();
        foreach (var service in ofServices.GroupBy(claim => TaskId.JobOf(claim.TaskId), StringComparer.Ordinal))
            await grains.GetGrain<IServiceGrain>(GrainKeys.Service(Cluster, service.Key)).Leave(Name, [.. service.Select(claim => claim.TaskId)]);
        if (passed >= _timeOfServices && passed.TotalSeconds >= drain.Deadline)
            await Move(ofServices);
        var ofJobs = claims.Where(claim => !TaskId.IsOfService(claim.TaskId) && !claim.IsOffer).ToImmutableArray();
        if (passed.TotalSeconds >= drain.Deadline)
            await Move(drain.OneAtATime ? await NextOfEachJob(ofJobs) : ofJobs);
    }

    private async Task Move(ImmutableArray<Claim> claims)
    {
        foreach (var some in claims.Chunk(AtOnce))
            await Task.WhenAll(some.Select(claim => TaskOf(claim.TaskId).Evict(claim.Attempt, StopCode.NodeDraining, $"Node {Name} is being drained.")));
    }

    /// <summary>The first of each job, unless one before it is still on its way. A new activation does not know of that one, and moves the next a moment too soon.</summary>
    private async Task<ImmutableArray<Claim>> NextOfEachJob(ImmutableArray<Claim> claims)
    {
        var next = ImmutableArray.CreateBuilder<Claim>();
        foreach (var job in claims.GroupBy(claim => TaskId.JobOf(claim.TaskId), StringComparer.Ordinal))
        {
            if (_moving.TryGetValue(job.Key, out var moving) && !await HasMoved(moving.TaskId, moving.Attempt))
                continue;
            var claim = job.First();
            _moving[job.Key] = (claim.TaskId, claim.Attempt);
            next.Add(claim);
        }

        return next.ToImmutable();
    }

    private async Task<bool> HasMoved(string taskId, int attempt) => await TaskOf(taskId).Get() is not { } task
        || task.State == TaskState.Stopped
        || (task.Attempt > attempt && task.State >= TaskState.Running);

    private async Task CatchUp()
    {
        if (!peers.IsOnly)
            await state.CatchUp(store, NodeDrainState.Name, this.GetPrimaryKeyString());
        Watch();
    }

    private async Task Save(NodeDrain? drain, string happened)
    {
        if (drain == Drain)
            return;
        var details = JsonSerializer.Serialize(new { drain?.Deadline, drain?.OneAtATime }, ClusterJson.Options);
        try
        {
            await state.Write(new NodeDrainState { Cluster = Cluster, Drain = drain, PendingEvents = [new EventDraft(clock.GetUtcNow(), happened, Name, "", details)] });
        }
        catch
        {
            // Whether it was written is not known: the next activation reads it.
            DeactivateOnIdle();
            throw;
        }

        if (drain is null)
            _moving.Clear();
        Watch();
    }

    private ITaskGrain TaskOf(string taskId) => grains.GetGrain<ITaskGrain>(GrainKeys.Task(Cluster, taskId));
}
