using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What the committer accepts, writes and gives back.</summary>
internal static class ClaimMutations
{
    private const string Validator = "grains/Resources/ClaimValidator.cs";
    private const string State = "grains/Resources/ClusterState.cs";
    private const string Entry = "grains/Resources/NodeEntry.cs";
    private const string ETag = "grains/Resources/NodeETag.cs";
    private const string Committer = "grains/Resources/ClusterStateGrain.cs";
    private const string Rules = "grains/Placement/Constraints/PlacementRules.cs";
    private const string Room = "grains/Placement/Extras/ExtraRoom.cs";
    private const string Tables = "grains/Storage/Memory/MemoryTables.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "memory-unchecked",
            "The committer takes claims that do not fit the node's memory.",
            1000,
            new Edit.OfStatements(Validator, "node.Claimed += request.Resources;", "node.Claimed += request.Resources with { Memory = 0 };")),
        new(
            "ports-unchecked",
            "The committer gives the same port of a node to two tasks.",
            300,
            new Edit.OfExpression(Validator, "[.. entry.Ports]", "[]")),
        new(
            "constraints-unchecked",
            "The committer takes claims without a look at their constraints: tasks that are to be kept apart come together.",
            300,
            new Edit.OfExpression(Validator, "PlacementRules.Of(request.Group, request.Constraints, state.Constraints)", "default(PlacementRules)")),
        new(
            "constraints-ignored",
            "Neither schedulers nor the committer look at constraints.",
            300,
            new Edit.OfExpression(Rules, "constraints.IsDefaultOrEmpty", "true")),
        new(
            "groups-forgotten",
            "A committer that reads the cluster anew does not know which groups its claims are of.",
            300,
            new Edit.OfExpression(State, "state.GroupOf(row.Claim.Group)", "\"\"")),
        new(
            "gpu-given-twice",
            "The committer gives a GPU to two claims of one transaction.",
            300,
            new Edit.OfStatements(Validator, "node.Room = node.Room!.Take(extras);", "")),
        new(
            "gpus-forgotten",
            "A committer that changes a node's row forgets what of its GPUs and named amounts is claimed.",
            300,
            new Edit.OfExpression(Entry, "ExtraRoom.Of(Row.ExtraCapacity, Row.ExtraClaimed)", "ExtraRoom.Of(Row.ExtraCapacity)")),
        new(
            "gpu-models-ignored",
            "Tasks get GPUs of models that they do not allow.",
            300,
            new Edit.OfExpression(Room, "gpu.Models.IsEmpty || gpu.Models.Contains(device.Model, StringComparer.Ordinal)", "true")),
        new(
            "gang-committed-in-part",
            "Of a transaction that is all or nothing, what fits is committed.",
            300,
            new Edit.OfExpression(Validator, "transaction.Mode == CommitMode.AllOrNothing && outcomes.Any(o => !o.IsCommitted)", "false")),
        new(
            "claim-not-added",
            "A node's row is written without the claims that it counts.",
            300,
            new Edit.OfExpression(State, "unit with { ClaimsAdded = [.. claims] }", "unit")),
        new(
            "claim-not-written",
            "A claim is answered as committed and never written.",
            300,
            new Edit.OfExpression(Committer, "changed.IsEmpty || await Write(_state.Replace(verdict.Replaced, verdict.Accepted, clock.GetUtcNow()), changed)", "true")),
        new(
            "claim-released-twice",
            "A claim that has been given back is given back again when asked, and the store takes that.",
            300,
            new Edit.OfStatements(State, "_claims.Remove(claim.Id);", ""),
            new Edit.OfExpression(Tables, "!claims.Remove(id)", "!claims.Remove(id) && false")),
        new(
            "ports-never-free",
            "The ports of a claim that is given back stay taken.",
            300,
            new Edit.OfStatements(Entry, "Ports.ExceptWith(claim.Claim.Ports);", "")),
        new(
            "etag-without-stamp",
            "Two activations of the committer count a node's ETags in the same numbers.",
            300,
            new Edit.OfExpression(ETag, "(((etag >> 32) + 1) << 32) | _stamp", "etag + 1"),
            new Edit.OfExpression(Committer, "peers.IsOnly || await _hold.IsMine(CancellationToken.None)", "true"),
            new Edit.OfExpression(Committer, "peers.IsOnly ? unit : unit with { Checks = [_hold.ToCheck()] }", "unit")),
        new(
            "uncertain-write-taken-for-failure",
            "The committer does not read again after a write of which nobody knows whether it happened.",
            300,
            new Edit.OfStatements(Committer, "instruments.WriteLeftUncertain(Cluster);", "return false;")),
        new(
            "uncertain-write-taken-for-success",
            "The committer publishes a write of which nobody knows whether it happened.",
            300,
            new Edit.OfStatements(Committer, "instruments.WriteLeftUncertain(Cluster);", "Announce(state.Publish(change)); return true;")),
        new(
            "claim-in-flight-trusted",
            "A claim that another transaction is just writing is answered as committed before it is.",
            300,
            new Edit.OfStatements(
                Committer,
                """
                await Task.WhenAll(alreadyInFlight);
                            if (written && !_isStale)
                                return Answered(verdict.Outcomes);
                """,
                "if (written) return Answered(verdict.Outcomes);")),
        new(
            "committer-never-ends",
            "A committer that another one has followed goes on showing what it remembers.",
            300,
            new Edit.OfExpression(Committer, "await _hold.IsMine(cancellationToken)", "true")),
    ];
}
