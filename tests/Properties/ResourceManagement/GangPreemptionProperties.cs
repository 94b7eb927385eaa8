using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.ResourceManagement.Preemption;
using OrleansCluster.Grains.Storage;
using Amounts = OrleansCluster.Resources;

namespace OrleansCluster.Tests.Properties.ResourceManagement;

/// <summary>Gangs that have to leave, and gangs that others leave for.</summary>
public sealed class GangPreemptionProperties
{
    private const int Nodes = 4;
    private const int Gangs = 4;
    private static readonly Amounts _capacity = new(100, 100, 0);
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Those of one gang are of one priority, as tasks of one job are; gang 0 is none.</summary>
    private static readonly Gen<ImmutableArray<ClaimRequest>> _claims =
        from priorities in Gen.ArrayOf(Gen.Choose(0, 100), Gangs)
        from claims in Gen.ListOf(
            from node in Gen.Choose(1, Nodes)
            from cpu in Gen.Choose(1, 60)
            from memory in Gen.Choose(1, 60)
            from gang in Gen.Choose(0, Gangs - 1)
            from priority in Gen.Choose(0, 100)
            select (node, amounts: new Amounts(cpu, memory, 0), gang, priority))
        select claims.Select((claim, i) => new ClaimRequest
        {
            TaskId = $"t{i:000}",
            Attempt = 1,
            Node = $"n{claim.node}",
            Resources = claim.amounts,
            Definition = "app:1",
            Team = "default",
            Priority = claim.gang == 0 ? claim.priority : priorities[claim.gang],
            Gang = claim.gang == 0 ? null : $"g{claim.gang}",
        }).ToImmutableArray();

    private static readonly Gen<ImmutableArray<PlacementRequest>> _requests =
        from wishes in Gen.ListOf(
            from size in Gen.Elements(0, 1, 2, 3)
            from cpu in Gen.Choose(1, 80)
            from priority in Gen.Choose(0, 100)
            select (size, cpu, priority))
        select wishes.Take(4).SelectMany((wish, g) => Enumerable.Range(0, Math.Max(1, wish.size)).Select(i => new PlacementRequest
        {
            TaskId = $"r{g}.{i}",
            Attempt = 1,
            Resources = new Amounts(wish.cpu, wish.cpu, 0),
            Definition = "app:1",
            Team = "default",
            Priority = wish.priority,
            QueuedAt = _now,
            Gang = wish.size == 0 ? null : $"r{g}",
            GangSize = wish.size,
        })).ToImmutableArray();

    [Fact]
    public void Plan_AnyClaims_TakesAGangWholeOrNotAtAllAndNobodyTwice() => Check.ForAll(Both(), c =>
    {
        var state = StateOf(c.Claims);
        var victims = PreemptionPlanner.Plan(state, c.Requests, [], new VictimCosts(_now)).SelectMany(plan => plan.Victims).Select(victim => victim.TaskId).ToList();

        Assert.Equal(victims.Distinct(StringComparer.Ordinal), victims);
        Assert.All(victims.Select(victim => state.FindClaim(Claim.IdOf(victim, 1))!.Claim), claim =>
            Assert.All(state.GangOf(claim), other => Assert.Contains(other.TaskId, victims)));
    });

    [Fact]
    public void Plan_AnyRequests_HelpsAGangWholeOrNotAtAllAndAllFitsAfterwards() => Check.ForAll(Both(), c =>
    {
        var state = StateOf(c.Claims);
        var plans = PreemptionPlanner.Plan(state, c.Requests, [], new VictimCosts(_now));
        var helped = plans.ToDictionary(plan => plan.TaskId, plan => plan.Node, StringComparer.Ordinal);

        Assert.All(c.Requests.Where(request => request.Gang is not null).GroupBy(request => request.Gang), gang =>
            Assert.Single(gang.Select(request => helped.ContainsKey(request.TaskId)).Distinct()));
        var victims = plans.SelectMany(plan => plan.Victims).Select(victim => victim.TaskId).ToHashSet(StringComparer.Ordinal);
        foreach (var node in state.Nodes)
        {
            var stays = node.Claims.Where(claim => !victims.Contains(claim.TaskId)).Aggregate(Amounts.Zero, (sum, claim) => sum + claim.Resources);
            var comes = c.Requests.Where(request => helped.GetValueOrDefault(request.TaskId) == node.Row.Node).Aggregate(Amounts.Zero, (sum, request) => sum + request.Resources);
            Assert.True(comes == Amounts.Zero || Fits(stays + comes), $"{node.Row.Node} has {stays + comes} of {_capacity}");
        }
    });

    /// <summary>One request alone: no group of those that leave could have stayed.</summary>
    [Fact]
    public void Plan_OneRequest_NoGangLeavesNeedlessly() => Check.ForAll(Both().Where(c => !c.Requests.IsEmpty), c =>
    {
        var state = StateOf(c.Claims);
        var request = c.Requests[0] with { Gang = null, GangSize = 0 };
        if (PreemptionPlanner.Plan(state, [request], [], new VictimCosts(_now)) is not [var plan])
            return;
        var row = state.FindNode(plan.Node)!.Row;
        var gone = plan.Victims.Select(victim => state.FindClaim(Claim.IdOf(victim.TaskId, victim.Attempt))!.Claim).ToList();
        var onNode = gone.Where(claim => claim.Node == plan.Node).Aggregate(Amounts.Zero, (sum, claim) => sum + claim.Resources);
        Assert.All(gone.GroupBy(claim => claim.Gang ?? claim.Id), group =>
        {
            var its = group.Where(claim => claim.Node == plan.Node).Aggregate(Amounts.Zero, (sum, claim) => sum + claim.Resources);
            Assert.False(Fits(row.Claimed - onNode + its + request.Resources), $"{group.Key} need not leave");
        });
    });

    private static Gen<(ImmutableArray<ClaimRequest> Claims, ImmutableArray<PlacementRequest> Requests)> Both() =>
        from claims in _claims
        from requests in _requests
        select (claims, requests);

    private static bool Fits(Amounts amounts) => amounts.Cpu <= _capacity.Cpu && amounts.Memory <= _capacity.Memory;

    private static ClusterState StateOf(ImmutableArray<ClaimRequest> claims)
    {
        ImmutableArray<NodeRow> rows =
        [
            .. Enumerable.Range(1, Nodes).Select(i => new NodeRow
            {
                Node = $"n{i}",
                ETag = 1,
                Status = NodeStatus.Active,
                Capacity = _capacity,
                Claimed = default,
                Attributes = ImmutableSortedDictionary<string, string>.Empty,
                Runtime = "simulated",
            }),
        ];
        var state = ClusterState.Load("test", "first", new ClusterRows(rows, []));
        var transaction = new ClaimTransaction { Scheduler = "batch", TransactionId = "t", DecidedOn = default, Claims = claims };
        state.Publish(state.Add(ClaimValidator.Validate(state, transaction).Accepted));
        return state;
    }
}
