using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>What every store promises; one suite, run against each of them.</summary>
public abstract class StoreContract : IDisposable
{
    private protected static readonly CancellationToken Never = CancellationToken.None;
    private protected static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public abstract ITransactionalStore Store { get; }

    [Fact]
    public async Task Commit_NodesAndClaims_AreReadBackAsWritten()
    {
        var unit = Rows.Unit with { Nodes = [Rows.Node("n1", 0, new Resources(500, 256, 0))], ClaimsAdded = [Rows.Claim("j.a.0", "n1"), Rows.Claim("j.a.1", "n1")] };

        await Committed(unit);

        var rows = await Store.ReadCluster(Rows.Cluster, Never);
        var node = Assert.Single(rows.Nodes);
        Assert.Equivalent(unit.Nodes[0].Row, node, strict: true);
        Assert.Equivalent(unit.ClaimsAdded, rows.Claims, strict: true);
        Assert.Empty((await Store.ReadCluster("other", Never)).Nodes);
    }

    [Fact]
    public async Task Commit_GpusAndAmounts_AreReadBackAsWrittenAndTakenOut()
    {
        var write = Rows.WithExtras(Rows.Node("n1", 0));
        var claim = Rows.WithExtras(Rows.Claim("j.a.0", "n1"));

        await Committed(Rows.Unit with { Nodes = [write, Rows.Node("n2", 0)], ClaimsAdded = [claim, Rows.Claim("j.a.1", "n1")] });

        var rows = await Store.ReadCluster(Rows.Cluster, Never);
        Assert.Equal([(write.Row.ExtraCapacity, write.Row.ExtraClaimed), (null, null)], rows.Nodes.Select(row => (row.ExtraCapacity, row.ExtraClaimed)));
        Assert.Equal([claim.Claim.Extras, null], rows.Claims.Select(row => row.Claim.Extras));

        await Committed(Rows.Unit with { Nodes = [Rows.Node("n1", 1)] });

        var after = (await Store.ReadCluster(Rows.Cluster, Never)).Nodes[0];
        Assert.Equal((null, null), (after.ExtraCapacity, after.ExtraClaimed));
    }

    [Theory]
    [InlineData(NodeStatus.Active)]
    [InlineData(NodeStatus.Draining)]
    [InlineData(NodeStatus.Lost)]
    public async Task Commit_NodeOfEveryStatus_IsReadBack(NodeStatus status)
    {
        var write = Rows.Node("n1", 0);

        await Committed(Rows.Unit with { Nodes = [write with { Row = write.Row with { Status = status } }] });

        Assert.Equal(status, (await Store.ReadCluster(Rows.Cluster, Never)).Nodes.Single().Status);
    }

    [Fact]
    public async Task Commit_StateThatItRestsOn_MustBeAtItsETagAndStaysAsItIs()
    {
        var write = new StateWrite { Kind = "hold", Key = "cluster/x", ExpectedETag = 0, Json = "{}" };
        await Committed(Rows.Unit with { States = [write] });
        var unit = Rows.Unit with { Nodes = [Rows.Node("n1", 0)], Checks = [new StateCheck("hold", "cluster/x", 1)] };

        await Committed(unit);
        await Committed(Rows.Unit with { States = [write with { ExpectedETag = 1 }] });
        var moved = await Store.Commit(unit with { Nodes = [Rows.Node("n2", 0)] }, Never);
        var missing = await Store.Commit(unit with { Nodes = [Rows.Node("n2", 0)], Checks = [new StateCheck("hold", "cluster/y", 1)] }, Never);

        Assert.Equal(("state 'hold' of 'cluster/x' is not at ETag 1", "state 'hold' of 'cluster/y' is not at ETag 1"), (moved.Conflict, missing.Conflict));
        Assert.Equal(["n1"], (await Store.ReadCluster(Rows.Cluster, Never)).Nodes.Select(node => node.Node));
        Assert.Equal(2, (await Store.ReadState("hold", "cluster/x", Never))!.ETag);
    }

    [Fact]
    public async Task Commit_NodeAtItsETag_IsReplaced()
    {
        await Committed(Rows.Unit with { Nodes = [Rows.Node("n1", 0)] });

        await Committed(Rows.Unit with { Nodes = [Rows.Node("n1", 1, new Resources(1, 2, 3))] });

        var node = (await Store.ReadCluster(Rows.Cluster, Never)).Nodes.Single();
        Assert.Equal((2L, new Resources(1, 2, 3)), (node.ETag, node.Claimed));
    }

    [Theory]
    [InlineData(0, "exists already")]
    [InlineData(2, "is not at ETag 2")]
    public async Task Commit_NodeAtAnotherETag_Conflicts(long expected, string words)
    {
        await Committed(Rows.Unit with { Nodes = [Rows.Node("n1", 0)] });

        var result = await Store.Commit(Rows.Unit with { Nodes = [Rows.Node("n1", expected)] }, Never);

        Assert.Equal($"node 'n1' {words}", result.Conflict);
        Assert.Equal(1, (await Store.ReadCluster(Rows.Cluster, Never)).Nodes.Single().ETag);
    }

    [Fact]
    public async Task Commit_SameNodeInTwoClusters_AreTwoNodes()
    {
        await Committed(Rows.Unit with { Nodes = [Rows.Node("n1", 0)] });

        await Committed(new CommitUnit { Cluster = "other", Nodes = [Rows.Node("n1", 0)] });

        Assert.Single((await Store.ReadCluster("other", Never)).Nodes);
    }

    [Fact]
    public async Task Commit_ClaimThatExists_Conflicts()
    {
        await Committed(Rows.Unit with { ClaimsAdded = [Rows.Claim("j.a.0", "n1")] });

        var result = await Store.Commit(Rows.Unit with { ClaimsAdded = [Rows.Claim("j.a.0", "n2")] }, Never);

        Assert.Equal("claim 'j.a.0#1' exists already", result.Conflict);
        Assert.Equal("n1", (await Store.ReadCluster(Rows.Cluster, Never)).Claims.Single().Claim.Node);
    }

    [Fact]
    public async Task Commit_ClaimRemovedTwice_ConflictsTheSecondTime()
    {
        await Committed(Rows.Unit with { ClaimsAdded = [Rows.Claim("j.a.0", "n1")] });
        await Committed(Rows.Unit with { ClaimsRemoved = ["j.a.0#1"] });

        var result = await Store.Commit(Rows.Unit with { ClaimsRemoved = ["j.a.0#1"] }, Never);

        Assert.Equal("claim 'j.a.0#1' does not exist", result.Conflict);
        Assert.Empty((await Store.ReadCluster(Rows.Cluster, Never)).Claims);
    }

    [Fact]
    public async Task Commit_ClaimRemovedAndAddedInOneUnit_IsMoved()
    {
        await Committed(Rows.Unit with { ClaimsAdded = [Rows.Claim("j.a.0", "n1")] });

        await Committed(Rows.Unit with { ClaimsRemoved = ["j.a.0#1"], ClaimsAdded = [Rows.Claim("j.a.0", "n2")] });

        Assert.Equal("n2", (await Store.ReadCluster(Rows.Cluster, Never)).Claims.Single().Claim.Node);
    }

    [Fact]
    public async Task Commit_State_GetsETagsOneHigherEachTime()
    {
        var index = new StateIndex(Rows.Cluster, "job1", "RUNNING", true);
        await Committed(Rows.Unit with { States = [Rows.State("k", 0, """{"a":1}""")] });
        await Committed(Rows.Unit with { States = [Rows.State("k", 1, """{"a":"ü \"2\""}""", index)] });

        var row = await Store.ReadState("task", "k", Never);

        Assert.Equal(new StateRow("task", "k", 2, index, """{"a":"ü \"2\""}"""), row);
        Assert.Equal(index, await Store.ReadStateIndex("task", "k", Never));
        Assert.Null(await Store.ReadState("job", "k", Never));
        Assert.Null(await Store.ReadState("task", "K", Never));
        Assert.Null(await Store.ReadStateIndex("task", "K", Never));
    }

    [Theory]
    [InlineData(0, "{}", "exists already")]
    [InlineData(2, "{}", "is not at ETag 2")]
    [InlineData(0, null, "exists already")]
    [InlineData(2, null, "is not at ETag 2")]
    public async Task Commit_StateAtAnotherETag_Conflicts(long expected, string? json, string words)
    {
        await Committed(Rows.Unit with { States = [Rows.State("k", 0, "1")] });

        var result = await Store.Commit(Rows.Unit with { States = [Rows.State("k", expected, json)] }, Never);

        Assert.Equal($"state 'task' of 'k' {words}", result.Conflict);
        Assert.Equal("1", (await Store.ReadState("task", "k", Never))?.Json);
    }

    [Fact]
    public async Task Commit_StateDeleted_IsGoneAndCanBeMadeAnew()
    {
        await Committed(Rows.Unit with { States = [Rows.State("k", 0)] });

        await Committed(Rows.Unit with { States = [Rows.State("k", 1, json: null)] });
        Assert.Null(await Store.ReadState("task", "k", Never));
        await Committed(Rows.Unit with { States = [Rows.State("k", 0, json: null)] });
        await Committed(Rows.Unit with { States = [Rows.State("k", 0)] });

        Assert.Equal(1, (await Store.ReadState("task", "k", Never))?.ETag);
    }

    [Fact]
    public async Task Commit_UnitWhoseLastWriteConflicts_LeavesNothing()
    {
        await Committed(Rows.Unit with { Nodes = [Rows.Node("n1", 0)], ClaimsAdded = [Rows.Claim("j.a.0", "n1")], States = [Rows.State("old", 0)] });

        var result = await Store.Commit(
            Rows.Unit with
            {
                Nodes = [Rows.Node("n1", 1), Rows.Node("n2", 0)],
                ClaimsRemoved = ["j.a.0#1"],
                ClaimsAdded = [Rows.Claim("j.a.1", "n2")],
                States = [Rows.State("new", 0), Rows.State("old", 7)],
                Events = [Rows.Event("j.a.1")],
            },
            Never);

        Assert.False(result.IsCommitted);
        var rows = await Store.ReadCluster(Rows.Cluster, Never);
        Assert.Equal(("n1", 1L), (rows.Nodes.Single().Node, rows.Nodes.Single().ETag));
        Assert.Equal("j.a.0", rows.Claims.Single().Claim.TaskId);
        Assert.Null(await Store.ReadState("task", "new", Never));
        Assert.Equal(0, await Store.LastEvent(Rows.Cluster, Never));
    }

    [Fact]
    public async Task Commit_EmptyUnit_IsCommitted() => await Committed(Rows.Unit);

    [Fact]
    public async Task Commit_ListThatIsDefault_IsRefusedAtOnce()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Rows.Unit with { Events = default }, Never));
    }

    [Fact]
    public async Task Commit_UnitsThatWaitTogether_AreWrittenInTheOrderOfTheirCalls()
    {
        // Each unit expects what the one before it wrote: any other order conflicts.
        var commits = Enumerable.Range(0, 200).Select(i => Store.Commit(Rows.Unit with { States = [Rows.State("k", i, $"{i}")] }, Never)).ToArray();

        Assert.All(await Task.WhenAll(commits), result => Assert.Null(result.Conflict));
        Assert.Equal("199", (await Store.ReadState("task", "k", Never))?.Json);
    }

    [Fact]
    public async Task Commit_ConflictAmongUnitsThatWaitTogether_TakesNoOtherWithIt()
    {
        var commits = Enumerable.Range(0, 100)
            .Select(i => Store.Commit(Rows.Unit with { ClaimsAdded = [Rows.Claim($"j.a.{i}", "n1")], States = [Rows.State($"k{i}", i % 3 == 0 ? 5 : 0)] }, Never))
            .ToArray();

        var results = await Task.WhenAll(commits);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => i % 3 != 0), results.Select(result => result.IsCommitted));
        var claims = (await Store.ReadCluster(Rows.Cluster, Never)).Claims.Select(row => row.Claim.TaskId).ToHashSet();
        Assert.Equal(Enumerable.Range(0, 100).Where(i => i % 3 != 0).Select(i => $"j.a.{i}").ToHashSet(), claims);
    }

    [Fact]
    public async Task Commit_SameETagFromManyCallers_OneWins()
    {
        var commits = Enumerable.Range(0, 50).Select(i => Store.Commit(Rows.Unit with { States = [Rows.State("k", 0, $"{i}")] }, Never)).ToArray();

        Assert.Single(await Task.WhenAll(commits), result => result.IsCommitted);
    }

    [Fact]
    public async Task Commit_AlreadyCancelled_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.Commit(Rows.Unit with { States = [Rows.State("k", 0)] }, new CancellationToken(canceled: true)));

        Assert.Null(await Store.ReadState("task", "k", Never));
    }

    [Fact]
    public async Task Commit_TextThatNoDatabaseStores_IsRefusedAtOnce()
    {
        foreach (var text in (string[])["a\0b", "a\ud83d", "\ude00\ud83d"])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Rows.Unit with { States = [Rows.State(text, 0)] }, Never));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Rows.Unit with { Events = [Rows.Event(text)] }, Never));
        }
    }

    [Fact]
    public async Task Commit_TextInAnyScript_IsReadBackAsWritten()
    {
        await Committed(Rows.Unit with { States = [Rows.State("k\ud83d\ude00", 0, "\"é\ud83d\ude00'\\\"")] });

        Assert.Equal("\"é\ud83d\ude00'\\\"", (await Store.ReadState("task", "k\ud83d\ude00", Never))?.Json);
    }

    [Fact]
    public async Task Commit_OneRowWrittenOftenInUnitsThatWaitTogether_EndsAsTheLastLeftIt()
    {
        await Committed(Rows.Unit with { Nodes = [Rows.Node("n1", 0)], ClaimsAdded = [Rows.Claim("j.a.0", "n1")], States = [Rows.State("k", 0)] });

        CommitUnit[] units =
        [
            Rows.Unit with { Nodes = [Rows.Node("n1", 1), Rows.Node("n2", 0)], ClaimsRemoved = ["j.a.0#1"], ClaimsAdded = [Rows.Claim("j.a.1", "n1")] },
            Rows.Unit with { Nodes = [Rows.Node("n1", 2, new Resources(7, 0, 0))], ClaimsRemoved = ["j.a.1#1"], ClaimsAdded = [Rows.Claim("j.a.0", "n2")] },
            Rows.Unit with { States = [Rows.State("k", 1, json: null), Rows.State("new", 0)] },
            Rows.Unit with { States = [Rows.State("k", 0, "2"), Rows.State("new", 1, json: null)], Nodes = [Rows.Node("n2", 1)] },
        ];
        var results = await Task.WhenAll(units.Select(unit => Store.Commit(unit, Never)));

        Assert.All(results, result => Assert.Null(result.Conflict));
        var rows = await Store.ReadCluster(Rows.Cluster, Never);
        Assert.Equal([("n1", 3L, 7), ("n2", 2L, 0)], rows.Nodes.Select(row => (row.Node, row.ETag, row.Claimed.Cpu)));
        Assert.Equal(("j.a.0", "n2"), (rows.Claims.Single().Claim.TaskId, rows.Claims.Single().Claim.Node));
        Assert.Equal((1L, "2"), ((await Store.ReadState("task", "k", Never))!.ETag, (await Store.ReadState("task", "k", Never))!.Json));
        Assert.Null(await Store.ReadState("task", "new", Never));
    }

    public abstract void Dispose();

    private protected async Task Committed(CommitUnit unit) => Assert.Null((await Store.Commit(unit, Never)).Conflict);

    private protected async Task<ImmutableArray<string>> Keys(StateQuery query) => [.. (await Store.ListStates(query, Never)).Select(row => row.Key)];
}
