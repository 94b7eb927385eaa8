using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansCluster.Grains.ResourceManagement.Preemption;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// The committer. Every method interleaves; between two awaits a turn is alone with the state, so a transaction is validated and applied in
/// memory in one go and its write joins the store's queue in the order of validation. Correctness rests on the ETags that the store checks,
/// not on there being one activation: whoever loses reloads.
/// </summary>
[HashBasedPlacement]
internal sealed partial class ClusterStateGrain(
    ITransactionalStore store,
    ISiloPeers peers,
    IIdSource ids,
    TimeProvider clock,
    ClusterStateInstruments instruments,
    IGrainFactory grains,
    ILogger<ClusterStateGrain> logger) : ClusterGrain, IClusterStateGrain
{
    /// <summary>How often a change is validated anew after losing a race in the store, before its caller is told.</summary>
    private const int Tries = 3;
    private static readonly TimeSpan _holdPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(60);

    private readonly AsyncPulse _published = new(clock);
    private readonly AsyncPulse _drained = new(clock);
    private readonly Dictionary<string, Task> _claimsInFlight = new(StringComparer.Ordinal);
    private readonly LossLimit _losses = new();
    private VictimCheckpoints _checkpoints = null!;
    private ActivationHold _hold = null!;
    private ClusterState _state = null!;
    private int _writesInFlight;
    private bool _isStale;
    private bool _hasReadAgain;
    private Task? _reload;
    private ClusterTotals? _shown;
    private TeamTotals? _shownTeams;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Before it reads, so that an activation before it which writes later finds out that it is not the last.
        _hold = new ActivationHold(store, ActivationHold.Cluster, this.GetPrimaryKeyString(), ids.NewId(16));
        await _hold.Take(cancellationToken);
        _checkpoints = new VictimCheckpoints(store, Cluster);
        await Load();
        this.RegisterGrainTimer(CheckHold, new GrainTimerCreationOptions(_holdPeriod, _holdPeriod) { Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        instruments.ClusterGone(Cluster, _shown, _shownTeams);
        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<ClaimOutcome>> Commit(ClaimTransaction transaction)
    {
        for (var attempt = 1; ; attempt++)
        {
            await EnsureLast();
            await UpToDate();
            var verdict = ClaimValidator.Validate(_state, transaction, clock.GetUtcNow());
            var alreadyInFlight = InFlight(verdict.Existing);
            var changed = verdict.Accepted.AddRange(verdict.Replaced);
            var written = changed.IsEmpty || await Write(_state.Replace(verdict.Replaced, verdict.Accepted, clock.GetUtcNow()), changed);
            await Task.WhenAll(alreadyInFlight);
            if (written && !_isStale)
                return Answered(verdict.Outcomes);
            if (attempt == Tries)
                return Answered([.. verdict.Outcomes.Select(o => o.IsCommitted ? Lost(o) : o)]);
        }
    }

    public async Task<ClaimPreview> Preview(ClaimTransaction transaction)
    {
        await UpToDate();
        return ClaimPreviews.Of(_state, transaction);
    }

    public async Task<ImmutableArray<PreemptionPlan>> PlanPreemption(ImmutableArray<PlacementRequest> requests, ImmutableArray<PreemptionUnderWay> underWay)
    {
        await UpToDate();

        // Nearly always nobody has to leave for anybody, and this is asked again and again while something waits.
        if (underWay.IsEmpty && !PreemptionPlanner.CanAnyLeave(_state, requests))
            return [];
        var costs = new VictimCosts(clock.GetUtcNow());
        var plans = PreemptionPlanner.Plan(_state, requests, underWay, costs);
        if (plans.All(plan => plan.Victims.IsEmpty))
            return plans;

        // Only now that somebody would have to leave: others may lose less.
        var taken = await _checkpoints.Read(costs.Asked);
        await UpToDate();
        return taken.Count == 0 ? plans : PreemptionPlanner.Plan(_state, requests, underWay, new VictimCosts(clock.GetUtcNow(), taken));
    }

    public async Task Release(ImmutableArray<ClaimRelease> releases)
    {
        for (var attempt = 1; ; attempt++)
        {
            await EnsureLast();
            await UpToDate();
            var ids = releases.Select(r => r.ClaimId).Distinct(StringComparer.Ordinal).ToList();
            var alreadyInFlight = InFlight(ids);
            var claims = ids.Select(_state.FindClaim).OfType<ClaimRow>().ToList();
            var written = claims.Count == 0 || await Write(_state.Remove(claims, clock.GetUtcNow()), claims);
            await Task.WhenAll(alreadyInFlight);
            if (written && !_isStale)
            {
                instruments.Released(Cluster, claims.Count);
                return;
            }

            if (attempt == Tries)
                throw new StoreUnavailableException($"The release of {ids.Count} claims lost {Tries} races in the store; try again.");
        }
    }

    public async Task<ClusterDelta> Read(ClusterVersion since, TimeSpan wait, CancellationToken cancellationToken)
    {
        await UpToDate();
        if (since == _state.Version && wait > TimeSpan.Zero)
            await _published.Wait(wait < _longestWait ? wait : _longestWait, cancellationToken);
        return _state.ReadSince(since);
    }

    public async Task<NodeClaims?> ReadNode(string node)
    {
        await UpToDate();
        return _state.FindNode(node)?.Published?.Claims;
    }

    public async Task<Answer<NodeClaims>> RegisterNode(NodeRegistration registration)
    {
        // Nobody who was told that the node is lost may find its agent at work again on what is being taken from it.
        var isGivenUp = false;
        var refusal = await Change(
            registration.Node,
            entry => (isGivenUp = entry is { Row.Status: NodeStatus.Lost, ClaimCount: > 0 }) ? [] : NodeChanges.FaultsOf(registration, entry?.Row.Claimed ?? default, entry?.Row.ExtraClaimed),
            entry => isGivenUp ? null : NodeChanges.Register(registration, entry?.Row, clock.GetUtcNow()),
            "node.joined",
            new { registration.Runtime });
        if (refusal is not null)
            return refusal;
        var claims = _state.FindNode(registration.Node)!.Published!.Claims;
        return isGivenUp ? claims with { Status = NodeStatus.Lost } : claims;
    }

    public async Task SetNodeStatus(string node, NodeStatus status)
    {
        await UpToDate();
        if (status == NodeStatus.Lost && _state.FindNode(node)?.Row.Status is NodeStatus.Active or NodeStatus.Draining && !_losses.TryTake(_state.NodeCount, clock.GetUtcNow()))
        {
            LogLossDelayed(logger, Cluster, node);
            return;
        }

        await Change(
            node,
            _ => [],
            entry => entry is null ? null : entry.Row with { Status = status },
            $"node.{status.ToString().ToLowerInvariant()}",
            new { });
    }

    /// <summary>Writes a node's row where it differs, trying again after lost races; answers with the refusal where there are faults.</summary>
    private async Task<Refusal?> Change(
        string node, Func<NodeEntry?, ImmutableArray<Fault>> faultsOf, Func<NodeEntry?, NodeRow?> change, string happened, object details)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            await EnsureLast();
            await UpToDate();
            var entry = _state.FindNode(node);
            if (faultsOf(entry) is { IsEmpty: false } faults)
                return Refusal.Conflict($"Node {node} cannot be registered.", faults);
            var row = change(entry);
            if (row is null || (entry is { IsPublished: true } && NodeChanges.AreSame(row, entry.Row)))
                return null;
            var draft = new EventDraft(clock.GetUtcNow(), happened, node, "", JsonSerializer.Serialize(details, ClusterJson.Options));
            if (await Write(_state.Put(row, draft), []) && !_isStale)
                return null;
        }

        throw new StoreUnavailableException($"The change of node {node} lost {Tries} races in the store; try again.");
    }

    /// <summary>
    /// Before anything is changed: what an activation writes after another one has read the cluster, that one would learn by its next conflict only, and
    /// until then answer from what is no more.
    /// </summary>
    private async Task EnsureLast()
    {
        if (peers.IsOnly || await _hold.IsMine(CancellationToken.None))
            return;
        End();
        throw new StoreUnavailableException($"Cluster {Cluster} has another committer since; try again.");
    }

    /// <summary>Also without changes it must not show an old state for ever; and once it reads again what was on its way to the store when it took over.</summary>
    private async Task CheckHold(CancellationToken cancellationToken)
    {
        if (!await _hold.IsMine(cancellationToken))
        {
            End();
            return;
        }

        if (_hasReadAgain || peers.IsOnly)
            return;
        _hasReadAgain = true;
        _isStale = true;
        await UpToDate();
    }

    private void End()
    {
        LogFollowed(logger, Cluster);

        // Those who wait would hold up its end.
        _published.Set();
        DeactivateOnIdle();
    }

    private async Task<bool> Write(StateChange change, IReadOnlyCollection<ClaimRow> claims)
    {
        var write = WriteAndPublish(change);
        foreach (var claim in claims)
            _claimsInFlight[claim.Id] = write;
        try
        {
            return await write;
        }
        finally
        {
            foreach (var claim in claims)
            {
                if (_claimsInFlight.GetValueOrDefault(claim.Id) == write)
                    _claimsInFlight.Remove(claim.Id);
            }
        }
    }

    private async Task<bool> WriteAndPublish(StateChange change)
    {
        var state = _state;
        _writesInFlight++;
        try
        {
            var result = await store.Commit(Fenced(change.Unit), CancellationToken.None);
            if (result.IsCommitted && ReferenceEquals(state, _state) && !_isStale)
            {
                Announce(state.Publish(change));
                return true;
            }

            if (!result.IsCommitted)
            {
                LogLostRace(logger, Cluster, result.Conflict!);
                instruments.RaceLost(Cluster);
            }

            _isStale = true;
            return result.IsCommitted;
        }
        catch (StoreUnavailableException exception)
        {
            // It may have been written all the same: only a re-read tells.
            LogUncertainWrite(logger, exception, Cluster);
            instruments.WriteLeftUncertain(Cluster);
            _isStale = true;
            return false;
        }
        finally
        {
            if (--_writesInFlight == 0)
                _drained.Set();
        }
    }

    /// <summary>
    /// Nodes have ETags of their own; a team's sum is over all nodes, and with two committers each would know of its own claims only. So nothing is written by
    /// one that another has followed. A row of sums for each team would do it, too, but would be written with every claim.
    /// </summary>
    private CommitUnit Fenced(CommitUnit unit) => peers.IsOnly ? unit : unit with { Checks = [_hold.ToCheck()] };

    private void Announce(ImmutableArray<NodePublication> changed)
    {
        foreach (var node in changed)
            _ = grains.GetGrain<INodeGrain>(GrainKeys.Node(Cluster, node.Snapshot.Name)).ClaimsChanged(node.Claims);
        Show();
        _published.Set();
    }

    private void Show()
    {
        _shown = _state.Totals;
        instruments.TotalsChanged(Cluster, _shown);
        _shownTeams = new TeamTotals([.. _state.Teams.Published], _shown.ByStatus[(int)NodeStatus.Active]);
        instruments.TeamsChanged(Cluster, _shownTeams);
    }

    private ImmutableArray<ClaimOutcome> Answered(ImmutableArray<ClaimOutcome> outcomes)
    {
        instruments.Answered(Cluster, outcomes);
        return outcomes;
    }

    /// <summary>Waits for the reload that a lost race or an uncertain write has made necessary; one for all who wait.</summary>
    private async Task UpToDate()
    {
        while (_isStale)
        {
            var reload = _reload ??= Reload();
            try
            {
                await reload;
            }
            finally
            {
                // Only this one: another may be under way already, and a second one beside it would bring back an older state after it.
                if (ReferenceEquals(_reload, reload))
                    _reload = null;
            }
        }
    }

    private async Task Reload()
    {
        while (_writesInFlight > 0)
            await _drained.Wait(_longestWait, CancellationToken.None);

        // What has failed may be written yet. On the nodes that it names their ETags would tell; a team's sum is over all nodes. So it is fenced off first.
        if (!peers.IsOnly && await _hold.IsMine(CancellationToken.None))
            await _hold.Take(CancellationToken.None);
        await Load();
    }

    private async Task Load()
    {
        var teams = await TeamRows.Read(store, Cluster);
        _state = ClusterState.Load(Cluster, ids.NewId(12), await store.ReadCluster(Cluster, CancellationToken.None), teams);
        _isStale = false;
        Show();
        _published.Set();
    }

    private Task[] InFlight(IEnumerable<string> claimIds) =>
        [.. claimIds.Select(id => _claimsInFlight.GetValueOrDefault(id)).OfType<Task>().Distinct()];

    private ClaimOutcome Lost(ClaimOutcome outcome) =>
        outcome with { Node = null, Rejection = new ClaimRejection { Reason = ClaimRejectionReason.LostRace, RefreshTo = _state.Version } };
}
