using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Client;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;
using Amounts = OrleansCluster.Resources;

namespace OrleansCluster.Tests.Properties.ResourceManagement;

/// <summary>Random transactions and releases against a cluster of a few small nodes, compared after every step with a model that only knows addition.</summary>
public sealed class ClaimTransactionProperties
{
    private const int Nodes = 3;
    private static readonly Amounts _capacity = new(1000, 100, 50);

    [Fact]
    public void Commit_AnyTransactions_NeverOverCommitsLosesOrDoublesAClaim() => Check.ForAll(Steps(), steps =>
    {
        var state = Fresh();
        var model = new Dictionary<string, ClaimRow>();
        foreach (var step in steps)
        {
            if (step.Release)
                Release(state, model, step.Claims);
            else
                Commit(state, model, step);
            AssertSame(state, model);
        }
    });

    [Fact]
    public void Commit_SameTransactionAgain_GivesTheSameAnswerAndWritesNothing() => Check.ForAll(Steps(), steps =>
    {
        var state = Fresh();
        var model = new Dictionary<string, ClaimRow>();
        foreach (var any in steps.Where(s => !s.Release))
        {
            // An attempt named twice may be refused on one node and then committed on another: the second answer knows that.
            var step = any with { Claims = [.. any.Claims.DistinctBy(c => (c.TaskId, c.Attempt))] };
            var first = Commit(state, model, step);
            var again = ClaimValidator.Validate(state, ToTransaction(step));

            Assert.Empty(again.Accepted);
            Assert.Equal(first.Where(o => o.IsCommitted), again.Outcomes.Where(o => o.IsCommitted));
        }
    });

    [Fact]
    public void Preview_ThenCommit_DoesExactlyThatOrNothing() => Check.ForAll(Steps(), steps =>
    {
        var state = Fresh();
        var model = new Dictionary<string, ClaimRow>();
        foreach (var (any, between) in steps.Zip(steps.Reverse()))
        {
            // Plans rest on no offers.
            var shown = any with { Replaces = [] };
            var preview = ClaimPreviews.Of(state, ToTransaction(shown));
            var unchanged = ClaimValidator.Validate(state, preview.Transaction);
            Assert.Equal(ClaimValidator.Validate(state, ToTransaction(shown)).Accepted.Select(c => (c.Claim.Id, c.Claim.Node)), unchanged.Accepted.Select(c => (c.Claim.Id, c.Claim.Node)));
            Assert.All(unchanged.Outcomes, outcome => Assert.True(outcome.IsCommitted));

            var before = state.ReadSince(default).Nodes.ToDictionary(node => node.Name, node => node.ETag);
            if (between.Release)
                Release(state, model, between.Claims);
            else
                Commit(state, model, between);
            var changed = state.ReadSince(default).Nodes.Where(node => node.ETag != before[node.Name]).Select(node => node.Name).ToHashSet();
            var wanted = preview.Transaction.Claims.Where(c => state.FindClaim(Claim.IdOf(c.TaskId, c.Attempt)) is null).ToList();
            var late = ClaimValidator.Validate(state, preview.Transaction);

            if (wanted.Any(c => changed.Contains(c.Node)))
                Assert.Empty(late.Accepted);
            else
                Assert.Equal(wanted.Select(c => Claim.IdOf(c.TaskId, c.Attempt)).Distinct(), late.Accepted.Select(c => c.Claim.Id));
        }
    });

    [Fact]
    public void Snapshot_OfAFrameworkThatReadsDeltasNowAndThen_IsTheState() => Check.ForAll(Steps(), steps =>
    {
        var state = Fresh();
        var model = new Dictionary<string, ClaimRow>();
        var often = ClusterSnapshot.Empty;
        var seldom = ClusterSnapshot.Empty;
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Release)
                Release(state, model, steps[i].Claims);
            else
                Commit(state, model, steps[i]);
            often = Read(often);
            seldom = i % 3 == 2 ? Read(seldom) : seldom;
        }

        var whole = state.ReadSince(default);
        Assert.All([Read(often), Read(seldom)], snapshot =>
        {
            Assert.Equal(whole.Version, snapshot.Version);
            Assert.Equal(Shown(whole.Nodes), Shown(snapshot.Nodes.Values));
            Assert.Equal(
                whole.Teams.Where(team => team is not { Spec: null, Claims: 0 }).OrderBy(team => team.Name, StringComparer.Ordinal).Select(team => (team.Name, team.Used, team.Claims)),
                snapshot.Teams.Values.Select(team => (team.Name, team.Used, team.Claims)));
        });

        // As it comes over HTTP.
        ClusterSnapshot Read(ClusterSnapshot snapshot)
        {
            var json = JsonSerializer.Serialize(state.ReadSince(snapshot.Version), ClusterJson.Options);
            return snapshot.With(JsonSerializer.Deserialize<ClusterDelta>(json, ClusterJson.Options)!);
        }

        static List<string> Shown(IEnumerable<NodeSnapshot> nodes) => [.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal).Select(node => JsonSerializer.Serialize(node, ClusterJson.Options))];
    });

    private static ImmutableArray<ClaimOutcome> Commit(ClusterState state, Dictionary<string, ClaimRow> model, Step step)
    {
        var verdict = ClaimValidator.Validate(state, ToTransaction(step));
        Assert.Equal(step.Claims.Length, verdict.Outcomes.Length);
        if (step.Mode == CommitMode.AllOrNothing)
            Assert.True(verdict.Outcomes.All(o => o.IsCommitted) || verdict.Accepted.IsEmpty, "a gang was committed in part");
        foreach (var claim in verdict.Accepted)
            Assert.True(model.TryAdd(claim.Claim.Id, claim), $"{claim.Claim.Id} was committed twice");
        var missing = step.Replaces.Except(model.Keys, StringComparer.Ordinal).Any();
        Assert.True(!missing || verdict.Accepted.IsEmpty, "new claims rest on offers that are gone");
        Assert.Equal(step.Replaces.Where(model.ContainsKey).Distinct().Order(StringComparer.Ordinal), verdict.Replaced.Select(row => row.Id).Order(StringComparer.Ordinal));
        foreach (var gone in verdict.Replaced)
            model.Remove(gone.Id);
        if (!verdict.Accepted.IsEmpty || !verdict.Replaced.IsEmpty)
            state.Publish(state.Replace(verdict.Replaced, verdict.Accepted, DateTimeOffset.UnixEpoch));
        foreach (var outcome in verdict.Outcomes.Where(o => o.IsCommitted))
            Assert.Equal(model[Claim.IdOf(outcome.TaskId, outcome.Attempt)].Claim.Node, outcome.Node);
        return verdict.Outcomes;
    }

    private static void Release(ClusterState state, Dictionary<string, ClaimRow> model, ImmutableArray<ClaimRequest> claims)
    {
        var present = claims.Select(c => state.FindClaim(Claim.IdOf(c.TaskId, c.Attempt))).OfType<ClaimRow>().DistinctBy(c => c.Claim.Id).ToList();
        if (present.Count > 0)
            state.Publish(state.Remove(present, DateTimeOffset.UnixEpoch));
        foreach (var claim in present)
            Assert.True(model.Remove(claim.Claim.Id), $"{claim.Claim.Id} was not known");
    }

    private static void AssertSame(ClusterState state, Dictionary<string, ClaimRow> model)
    {
        foreach (var node in state.ReadSince(default).Nodes)
        {
            var claims = model.Values.Where(c => c.Claim.Node == node.Name).Select(c => c.Claim).ToList();
            var sum = claims.Aggregate(default(Amounts), (total, c) => total + c.Resources);
            Assert.Equal(sum, node.Claimed);
            Assert.True(sum.Cpu <= _capacity.Cpu && sum.Memory <= _capacity.Memory && sum.Disk <= _capacity.Disk, $"{node} is over-committed");
            Assert.Equal(claims.Sum(c => c.Ports.Length), node.ClaimedPorts.Length);
            Assert.Equal((claims.Count(claim => !claim.IsOffer), claims.Count(claim => claim.IsOffer)), (node.ClaimCount, node.OfferCount));
        }
    }

    private static ClusterState Fresh() => ClusterState.Load("test", "first", new ClusterRows(
        [.. Enumerable.Range(0, Nodes).Select(i => new NodeRow
        {
            Node = $"n{i}",
            ETag = 1,
            Status = NodeStatus.Active,
            Capacity = _capacity,
            Claimed = default,
            Attributes = ImmutableSortedDictionary<string, string>.Empty,
            Runtime = "",
        })],
        []));

    private static ClaimTransaction ToTransaction(Step step) => new()
    {
        Scheduler = "batch",
        TransactionId = "t",
        DecidedOn = default,
        Detection = ConflictDetection.Fine,
        Mode = step.Mode,
        Claims = step.Claims,
        Replaces = [.. step.Replaces.Select(id => new ClaimRelease(id.Split('#')[0], int.Parse(id.Split('#')[1], CultureInfo.InvariantCulture)))],
    };

    private static Gen<ImmutableArray<Step>> Steps() =>
        from steps in Gen.ListOf(
            from release in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            from gang in Gen.Frequency((3, Gen.Constant(CommitMode.Incremental)), (1, Gen.Constant(CommitMode.AllOrNothing)))
            from claims in Gen.ListOf(Requests())
            from replaces in Gen.Frequency((2, Gen.Constant(ImmutableArray<int>.Empty)), (1, Gen.Choose(0, 5).Select(one => ImmutableArray.Create(one))), (1, Gen.Choose(0, 4).Select(one => ImmutableArray.Create(one, one + 1))))
            from attempt in Gen.Choose(1, 2)
            let replaced = replaces.Select(offer => Claim.IdOf(IdOf(offer), attempt)).ToImmutableArray()
            select new Step(release, gang, [.. claims.Where(claim => !replaced.Contains(Claim.IdOf(claim.TaskId, claim.Attempt)))], replaced))
        select steps.ToImmutableArray();

    private static Gen<ClaimRequest> Requests() =>
        from task in Gen.Choose(0, 30)
        from attempt in Gen.Choose(1, 2)
        from node in Gen.Choose(0, Nodes - 1)
        from cpu in Gen.Choose(0, 600)
        from memory in Gen.Choose(0, 60)
        from disk in Gen.Choose(0, 30)
        from port in Gen.Choose(0, 8)
        select new ClaimRequest
        {
            TaskId = IdOf(task),
            Attempt = attempt,
            Node = $"n{node}",
            Resources = new Amounts(cpu, memory, disk),
            Ports = port < 3 ? [new HostPort(8000 + port, PortProtocol.Tcp)] : [],
            Definition = "app:1",
            Team = "default",
        };

    /// <summary>Some are offers.</summary>
    private static string IdOf(int task) => task <= 5 ? OfferId.Of("fw", "a", task) : $"job.task.{task}";

    private sealed record Step(bool Release, CommitMode Mode, ImmutableArray<ClaimRequest> Claims, ImmutableArray<string> Replaces);
}
