using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.ResourceManagement.Preemption;
using OrleansCluster.Grains.Storage;
using Amounts = OrleansCluster.Resources;

namespace OrleansCluster.Tests.Properties.ResourceManagement;

/// <summary>Who has to leave, compared with sums by hand.</summary>
public sealed class PreemptionProperties
{
    private const int Nodes = 3;
    private static readonly Amounts _capacity = new(100, 100, 0);
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Amounts> _amounts =
        from cpu in Gen.Choose(1, 60)
        from memory in Gen.Choose(1, 60)
        select new Amounts(cpu, memory, 0);

    private static readonly Gen<ImmutableArray<ClaimRequest>> _claims = Gen.ListOf(
        from node in Gen.Choose(1, Nodes)
        from amounts in _amounts
        from priority in Gen.Choose(0, 100)
        select new ClaimRequest
        {
            TaskId = "",
            Attempt = 1,
            Node = $"n{node}",
            Resources = amounts,
            Definition = "app:1",
            Team = "default",
            Priority = priority,
        }).Select(claims => claims.Select((claim, i) => claim with { TaskId = $"t{i}" }).ToImmutableArray());

    [Fact]
    public void Plan_Any_FitsAndNoVictimIsNeedlessOrOfItsBand()
    {
        var cases =
            from claims in _claims
            from wanted in _amounts
            from priority in Gen.Choose(0, 100)
            select (claims, wanted, priority);

        Check.ForAll(cases, c =>
        {
            var state = StateOf(c.claims);
            var plan = PreemptionPlanner.Plan(state, [Request(c.wanted, c.priority)], [], new VictimCosts(_now)).SingleOrDefault();

            Assert.Equal(CanFit(state, c.wanted, c.priority), plan is not null);
            if (plan is null)
                return;
            var free = state.FindNode(plan.Node)!.Row is var row ? row.Capacity - row.Claimed : default;
            var victims = plan.Victims.Select(victim => state.FindClaim(Claim.IdOf(victim.TaskId, victim.Attempt))!.Claim).ToList();
            Assert.All(victims, victim => Assert.True(victim.Node == plan.Node && PriorityBands.Of(victim.Priority) < PriorityBands.Of(c.priority)));
            var all = victims.Aggregate(free, (sum, victim) => sum + victim.Resources);
            Assert.True(Fits(c.wanted, all), "it does not fit when all of them have left");
            Assert.All(victims, victim => Assert.False(Fits(c.wanted, all - victim.Resources), $"{victim.TaskId} need not leave"));
        });
    }

    /// <summary>One that fills each node, all alike but for how long they have run and what checkpoints keep of that.</summary>
    [Fact]
    public void Plan_OneOnEachNode_TheOneLeavesThatHasDoneLeastSinceItsNewestCheckpoint()
    {
        var one = from age in Gen.Choose(1, 1000) from saved in Gen.Choose(-500, 1000) select (age, saved: saved <= 0 ? (int?)null : saved);
        var cases = from first in one from second in one from third in one select ImmutableArray.Create(first, second, third);

        Check.ForAll(cases, all =>
        {
            var state = StateOf([]);
            for (var i = 0; i < Nodes; i++)
            {
                var claim = new ClaimRequest { TaskId = $"t{i}", Attempt = 1, Node = $"n{i + 1}", Resources = _capacity, Definition = "app:1", Team = "default", Priority = 10 };
                var transaction = new ClaimTransaction { Scheduler = "batch", TransactionId = $"t{i}", DecidedOn = default, Claims = [claim] };
                state.Publish(state.Add(ClaimValidator.Validate(state, transaction, _now.AddSeconds(-all[i].age)).Accepted));
            }

            var saved = Enumerable.Range(0, Nodes).Where(i => all[i].saved is not null).ToDictionary(i => Claim.IdOf($"t{i}", 1), i => _now.AddSeconds(-all[i].saved!.Value));
            var plan = Assert.Single(PreemptionPlanner.Plan(state, [Request(_capacity, 80)], [], new VictimCosts(_now, saved)));

            int[] lost = [.. all.Select(each => Math.Min(each.age, each.saved ?? int.MaxValue))];
            Assert.Equal(lost.Min(), lost[Array.FindIndex(["t0", "t1", "t2"], task => task == Assert.Single(plan.Victims).TaskId)]);
        });
    }

    private static bool CanFit(ClusterState state, Amounts wanted, int priority) => state.Nodes.Any(node => Fits(
        wanted,
        node.Claims.Where(claim => PriorityBands.Of(claim.Priority) < PriorityBands.Of(priority)).Aggregate(node.Row.Capacity - node.Row.Claimed, (sum, claim) => sum + claim.Resources)));

    private static bool Fits(Amounts wanted, Amounts free) => wanted.Cpu <= free.Cpu && wanted.Memory <= free.Memory;

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

    private static PlacementRequest Request(Amounts wanted, int priority) =>
        new() { TaskId = "new", Attempt = 1, Resources = wanted, Definition = "app:1", Team = "default", Priority = priority, QueuedAt = _now };
}
