using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// Keeps nothing durable but that it holds the node: claims and status are the cluster state's, stops are the tasks'. After a restart it starts
/// with a full lease time, and the agent's next call finds its session unknown and registers again. It lives on its agent's silo.
/// </summary>
[PreferLocalPlacement]
internal sealed partial class NodeGrain(
    NodeLeaseOptions leases,
    ITransactionalStore store,
    StoreOutage outage,
    ISiloPeers peers,
    TimeProvider clock,
    IIdSource ids,
    IGrainFactory grains,
    ILogger<NodeGrain> logger) : ClusterGrain, INodeGrain
{
    private static readonly TimeSpan _checkPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _justAfter = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _refreshPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestWatch = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _logPatience = TimeSpan.FromSeconds(5);

    private readonly AsyncPulse _changed = new(clock);
    private readonly AsyncPulse _settled = new(clock);
    private readonly LogRequests _logRequests = new();
    private readonly CheckpointRequests _checkpoints = new();
    private readonly HashSet<string> _stopping = new(StringComparer.Ordinal);
    private readonly QuietClaims _quiet = new();
    private IGrainTimer? _timer;
    private ActivationHold _hold = null!;
    private NodeClaims? _claims;
    private string? _session;
    private AgentRun _run;
    private long _version = 1;
    private long _renewedAt;
    private int _registering;
    private bool _isLosing;
    private long _refreshedAt;
    private string Node => Name;
    private IClusterStateGrain State => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _hold = new ActivationHold(store, ActivationHold.Node, this.GetPrimaryKeyString(), ids.NewId(16));
        await _hold.Take(cancellationToken);
        _renewedAt = clock.GetTimestamp();
        await Refresh();
        _timer = this.RegisterGrainTimer(_ => Check(), new GrainTimerCreationOptions(_checkPeriod, _checkPeriod) { KeepAlive = true, Interleave = true });
    }

    public async Task<Answer<NodeLease>> Register(NodeRegistration registration)
    {
        // An agent that comes back while its node is being declared lost comes back to a node without claims.
        while (_isLosing)
            await _settled.Wait(_longestWatch, CancellationToken.None);
        _registering++;
        try
        {
            return await Admit(registration);
        }
        finally
        {
            _registering--;
        }
    }

    private async Task<Answer<NodeLease>> Admit(NodeRegistration registration)
    {
        var answer = await State.RegisterNode(registration);
        if (!answer.IsAccepted)
        {
            // An agent that is refused is there all the same: its tasks may still run, so none of them may begin elsewhere.
            _renewedAt = clock.GetTimestamp();
            return answer.Refusal;
        }

        // Lost for good is what was claimed there: the agent is let in when all of it has been given back.
        if (answer.Value.Status == NodeStatus.Lost)
            return Lease(isHeld: false);
        if (!await MayGrant() || await _hold.RunOf(registration.Process, registration.Incarnation, CancellationToken.None) is not { } run)
            return Lease(isHeld: false);
        _run = run;
        _session = registration.Session;
        _renewedAt = clock.GetTimestamp();
        _stopping.Clear();
        Take(answer.Value);
        Changed();
        LogRegistered(logger, Node, registration.Session, registration.Runtime);

        // The agent's next call finds no session there, and registers again.
        if (registration.Silo != peers.Self)
            peers.Move(this, registration.Silo);
        return Lease(isHeld: true);
    }

    public async Task<NodeLease> Renew(string session)
    {
        var isHeld = session == _session && _claims?.Status != NodeStatus.Lost && await MayGrant() && session == _session;
        if (isHeld)
            _renewedAt = clock.GetTimestamp();
        return Lease(isHeld);
    }

    public async Task<NodeAssignment> Watch(string session, long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (session == _session && version == _version && wait > TimeSpan.Zero)
            await _changed.Wait(wait < _longestWatch ? wait : _longestWatch, cancellationToken);
        return new NodeAssignment
        {
            Version = _version,
            Claims = _claims?.OfTasks ?? [],
            Stopping = [.. _stopping.Order(StringComparer.Ordinal)],
            LogRequests = _logRequests.Open,
            Checkpoints = _checkpoints.Open,
            IsHeld = session == _session && _claims is { Status: not NodeStatus.Lost },
        };
    }

    public async Task<ImmutableArray<TaskDirective>> Report(string session, ImmutableArray<TaskObservation> observations)
    {
        // No directives: nothing was taken in. An agent whose session is over registers again and repeats its report.
        if (session != _session)
            return [];
        var run = _run;
        _quiet.Heard(observations);
        var directives = await Task.WhenAll(observations.Select(o => TaskOf(o.TaskId).Observe(o with { Run = run })));
        var released = observations.Zip(directives).Where(x => x.Second.Release).Select(x => new ClaimRelease(x.First.TaskId, x.First.Attempt));
        await Release([.. released]);
        var stopping = observations.Zip(directives)
            .Where(x => x.Second is { Desired: DesiredStatus.Stopped, Release: false })
            .Select(x => Claim.IdOf(x.First.TaskId, x.First.Attempt));
        MarkStopping(stopping);
        return [.. directives];
    }

    public Task ClaimsChanged(NodeClaims claims)
    {
        if (Take(claims))
            Changed();
        return Task.CompletedTask;
    }

    public Task StopTask(string taskId, int attempt)
    {
        MarkStopping([Claim.IdOf(taskId, attempt)]);
        return Task.CompletedTask;
    }

    public Task Checkpoint(string taskId, int attempt, int request)
    {
        if (_checkpoints.Add(Claim.IdOf(taskId, attempt), request))
            Changed();
        return Task.CompletedTask;
    }

    public async Task<Answer<LogChunk>> ReadLogs(LogRequest request, CancellationToken cancellationToken)
    {
        if (_session is null || _claims?.Status == NodeStatus.Lost)
            return Refusal.Conflict($"Node {Node} has no agent at present, and logs are kept on their node.");
        var asked = request with { RequestId = ids.NewId(16) };
        var answer = _logRequests.Add(asked);
        Changed();
        try
        {
            return await answer.WaitAsync(asked.Wait + _logPatience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Refusal.Conflict($"The agent of node {Node} does not answer; try again.");
        }
        finally
        {
            _logRequests.Remove(asked.RequestId);
        }
    }

    public Task AnswerLogs(string requestId, LogChunk chunk)
    {
        _logRequests.Answer(requestId, chunk);
        return Task.CompletedTask;
    }

    public Task Ensure() => Task.CompletedTask;

    private async Task Check()
    {
        if (!_isLosing && await IsLost())
            await Lose();

        if (clock.GetElapsedTime(_refreshedAt) > _refreshPeriod)
            await Refresh();

        // A node that falls silent is lost on time; while it renews there is nothing to look at before, but for claims that it says nothing of.
        var untilLost = leases.LostAfter - clock.GetElapsedTime(_renewedAt);
        if (untilLost > TimeSpan.Zero && (untilLost < _checkPeriod || (_session is not null && !_quiet.HasNew)))
            _timer!.Change(untilLost + _justAfter, _checkPeriod);

        // Where an agent asks for its task at once, as it nearly always does, the task hears from it that it is placed. Nobody waits for this to arrive.
        foreach (var (taskId, attempt) in _quiet.TakeDue())
            _ = TaskOf(taskId).Placed(attempt, Node);
    }

    /// <summary>
    /// Also after a crash in the middle of it, or where the status was set by a message that came late: it is durable, and what is still claimed is dealt
    /// with once no agent can have a lease.
    /// </summary>
    private async Task Lose()
    {
        // From here to the end no session begins, and none is left.
        _session = null;
        _isLosing = true;
        try
        {
            await LoseClaims();
        }
        finally
        {
            _isLosing = false;
            _settled.Set();
        }
    }

    private async Task LoseClaims()
    {
        if (_claims?.Status is NodeStatus.Active or NodeStatus.Draining)
        {
            LogLost(logger, Node, leases.LostAfter);
            await State.SetNodeStatus(Node, NodeStatus.Lost);
            await Refresh();
        }

        // Only who holds the node now that its status is durable knows that nobody has granted a lease before it was: since, nobody can.
        if (_claims is not { Status: NodeStatus.Lost, Claims.IsEmpty: false } lost || !await IsHolder())
            return;
        await Task.WhenAll(lost.OfTasks.Select(c => TaskOf(c.TaskId).NodeLost(Node, c.Attempt)));
        await Release([.. lost.Claims.Select(c => new ClaimRelease(c.TaskId, c.Attempt))]);
    }

    /// <summary>Reads the truth: messages about it may have been lost.</summary>
    private async Task Refresh()
    {
        _refreshedAt = clock.GetTimestamp();
        if (await State.ReadNode(Node) is { } claims && Take(claims))
            Changed();
    }

    private async Task Release(ImmutableArray<ClaimRelease> releases)
    {
        if (!releases.IsEmpty)
            await State.Release(releases);
    }

    /// <summary>Whether they were news: answers and messages about a node may overtake one another.</summary>
    private bool Take(NodeClaims claims)
    {
        if (_claims is not null && claims.ETag <= _claims.ETag)
            return false;
        _claims = claims;
        _stopping.IntersectWith(claims.Claims.Select(c => c.Id));
        _checkpoints.Keep(claims.Claims);
        if (_quiet.Take(claims.OfTasks))
            _timer?.Change(_checkPeriod, _checkPeriod);
        return true;
    }

    private void MarkStopping(IEnumerable<string> claimIds)
    {
        var before = _stopping.Count;
        _stopping.UnionWith(claimIds);
        if (_stopping.Count != before)
            Changed();
    }

    private void Changed()
    {
        _version++;
        _changed.Set();
    }

    private ITaskGrain TaskOf(string taskId) => grains.GetGrain<ITaskGrain>(GrainKeys.Task(Cluster, taskId));

    private NodeLease Lease(bool isHeld) => new() { Session = _session ?? "", Duration = leases.Duration, IsHeld = isHeld };
}
