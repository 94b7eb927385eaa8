using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// Nodes and claims as the database has been told: nothing over-committed, nothing beside what it is to be kept apart from, nothing written over
/// what its writer had not seen.
/// </summary>
internal sealed class ClaimBook(World world, string cluster, TaskBook tasks)
{
    private readonly ExtraBook _extras = new(world);
    private readonly SortedDictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Claim> _claims = new(StringComparer.Ordinal);
    private readonly HashSet<(string Id, string Node)> _written = [];

    /// <summary>Transactions that are all or nothing, and of which nothing has been written, with the number of their claims.</summary>
    private readonly Dictionary<string, int> _gangs = new(StringComparer.Ordinal);

    /// <summary>Claims that were asked for by schedulers of the test's own, whose tasks need not be there.</summary>
    private readonly Dictionary<string, ClaimRequest> _asked = new(StringComparer.Ordinal);

    /// <summary>Told of each claim that is there.</summary>
    public event Action<Claim>? Added;

    /// <summary>Told of each claim that is gone.</summary>
    public event Action<Claim>? Removed;

    public void OnNode(string node, ExtraCapacity offered) => _extras.OnNode(node, offered);

    public bool Has(string taskId, int attempt, string node) => _claims.GetValueOrDefault(Claim.IdOf(taskId, attempt))?.Node == node;

    public bool IsLost(string node) => _nodes.GetValueOrDefault(node)?.Status == NodeStatus.Lost;

    /// <summary>When a node last took no tasks.</summary>
    public DateTimeOffset WasAwayAt(string node) => _nodes.GetValueOrDefault(node) is not { Status: NodeStatus.Active } known ? world.Time.GetUtcNow() : known.AwayAt;

    /// <summary>Zero where it never joined.</summary>
    public long ETagOf(string node) => _nodes.GetValueOrDefault(node)?.ETag ?? 0;

    public void OnAsked(ClaimTransaction transaction)
    {
        foreach (var request in transaction.Claims)
            _asked[Claim.IdOf(request.TaskId, request.Attempt)] = request;
        if (transaction.Mode == CommitMode.AllOrNothing)
            _gangs[transaction.Name] = transaction.Claims.Length;
    }

    public void OnAnswer(ClaimOutcome outcome)
    {
        var id = Claim.IdOf(outcome.TaskId, outcome.Attempt);
        if (outcome.IsCommitted && !_written.Contains((id, outcome.Node!)))
            world.Violate($"a scheduler was told that its claim {id} on {outcome.Node} is committed, and the database has never had it");
    }

    /// <summary>Where its claims are by now does not matter: they were there.</summary>
    public void OnPlaced(JobPlan plan)
    {
        foreach (var placement in plan.Placements)
        {
            foreach (var index in placement.Indexes)
            {
                var id = Claim.IdOf(TaskId.Of(plan.JobId, placement.Task, index), 1);
                if (!_written.Contains((id, placement.Node)))
                    world.Violate($"a client was told that job {plan.JobId} is placed as planned, and claim {id} has never been on {placement.Node}");
            }
        }
    }

    public void OnWritten(CommitUnit unit)
    {
        if (unit.Cluster != cluster)
            return;
        foreach (var write in unit.Nodes)
            Write(write, hasJoined: unit.Events.Any(e => e.Type == "node.joined" && e.Subject == write.Row.Node));
        CheckReplaced(unit);
        var removed = unit.ClaimsRemoved.Select(Remove).OfType<Claim>().ToList();
        foreach (var row in unit.ClaimsAdded)
            Add(row.Claim);
        foreach (var ofGang in unit.ClaimsAdded.GroupBy(row => row.TakenBy, StringComparer.Ordinal))
            CheckGang(ofGang.Key, ofGang.Count());
        foreach (var write in unit.Nodes)
            Check(write.Row);
        foreach (var claim in removed)
            Removed?.Invoke(claim);
    }

    public IEnumerable<string> LeftOver() => _claims.Values.Select(claim => $"claim {claim.Id} on {claim.Node}");

    private void Write(NodeWrite write, bool hasJoined)
    {
        if (!_nodes.TryGetValue(write.Row.Node, out var node))
            _nodes.Add(write.Row.Node, node = new Node());
        if (node.ETag != write.ExpectedETag)
            world.Violate($"node {write.Row.Node} was written over ETag {node.ETag} by one who had read {write.ExpectedETag}");
        if (write.Row.ETag <= node.ETag)
            world.Violate($"node {write.Row.Node} goes from ETag {node.ETag} back to {write.Row.ETag}");
        if (hasJoined && node is { Status: NodeStatus.Lost, Claims.Count: > 0 })
            world.Violate($"an agent was let in on node {write.Row.Node}, which was lost, before its {node.Claims.Count} claims were given back");
        if (node.Status != NodeStatus.Active)
            node.AwayAt = world.Time.GetUtcNow();
        (node.ETag, node.Status) = (write.Row.ETag, write.Row.Status);
    }

    private void Add(Claim claim)
    {
        _written.Add((claim.Id, claim.Node));
        if (!_claims.TryAdd(claim.Id, claim))
            world.Violate($"claim {claim.Id} was written twice");
        else if (!_nodes.TryGetValue(claim.Node, out var node))
            world.Violate($"claim {claim.Id} is on node {claim.Node}, which never joined");
        else
        {
            CheckGroup(claim, node);
            if (!claim.IsOffer)
                _extras.CheckClaim(claim, AskedBy(claim));
            node.Claims.Add(claim.Id, claim);
            Added?.Invoke(claim);
        }
    }

    /// <summary>By what was asked for, not by what the claim says of itself. A test's own scheduler that knows no groups leaves them out.</summary>
    private void CheckGroup(Claim claim, Node node)
    {
        if (claim.Group.Length == 0)
            return;
        var (group, constraints) = RulesOf(claim);
        if (claim.Group != group)
            world.Violate($"claim {claim.Id} is of group '{claim.Group}', and its task of '{group}'");
        if (group.Length == 0 || constraints.All(constraint => constraint.Type != PlacementConstraintType.DistinctInstance))
            return;
        if (node.Claims.Values.FirstOrDefault(other => other.Group.Length > 0 && RulesOf(other).Group == group) is { } beside)
            world.Violate($"claim {claim.Id} is to be kept apart from tasks of group {group}, and is on {claim.Node} with {beside.Id}");
    }

    /// <summary>What is offered to one framework is given back with claims of that one only.</summary>
    private void CheckReplaced(CommitUnit unit)
    {
        if (unit.ClaimsAdded.IsEmpty)
            return;
        foreach (var offer in unit.ClaimsRemoved.Where(id => _claims.GetValueOrDefault(id)?.IsOffer == true).Select(id => _claims[id]))
        {
            if (unit.ClaimsAdded.FirstOrDefault(row => TaskId.JobOf(row.Claim.TaskId) != OfferId.FrameworkOf(offer.TaskId)) is { } other)
                world.Violate($"claim {other.Id} was committed in place of {offer.TaskId}, which is another framework's");
        }
    }

    private ExtraDemand? AskedBy(Claim claim) =>
        _asked.GetValueOrDefault(claim.Id) is { } request ? request.Extras : tasks.Find(claim.TaskId)?.Start.Extras;

    private (string Group, ImmutableArray<PlacementConstraint> Constraints) RulesOf(Claim claim)
    {
        if (_asked.GetValueOrDefault(claim.Id) is { } request)
            return (request.Group, request.Constraints);
        return tasks.Find(claim.TaskId)?.Start is { } start
            ? (start.Group ?? $"family:{start.Definition.Split(':')[0]}", start.PlacementConstraints)
            : (claim.Group, []);
    }

    /// <summary>Asked for once more, a part of it may have been given back meanwhile: what counts is the first time.</summary>
    private void CheckGang(string transaction, int written)
    {
        if (_gangs.Remove(transaction, out var asked) && written != asked)
            world.Violate($"transaction {transaction} is all or nothing, and {written} of its {asked} claims were written");
    }

    private Claim? Remove(string id)
    {
        if (!_claims.Remove(id, out var claim))
        {
            world.Violate($"claim {id} was released twice");
            return null;
        }

        _nodes[claim.Node].Claims.Remove(id);
        return claim;
    }

    private void Check(NodeRow row)
    {
        var claims = _nodes[row.Node].Claims.Values;
        var sum = claims.Aggregate(default(Resources), (total, claim) => total + claim.Resources);
        if (sum != row.Claimed)
            world.Violate($"node {row.Node} says that {row.Claimed} are claimed, but its claims are {sum}");
        if (sum.Cpu > row.Capacity.Cpu || sum.Memory > row.Capacity.Memory || sum.Disk > row.Capacity.Disk)
            world.Violate($"node {row.Node} is over-committed: {sum} of {row.Capacity}");
        if (claims.SelectMany(claim => claim.Ports).GroupBy(port => port).FirstOrDefault(group => group.Count() > 1) is { } port)
            world.Violate($"port {port.Key} of node {row.Node} is claimed {port.Count()} times");
        _extras.CheckNode(row, claims);
    }

    private sealed class Node
    {
        public long ETag { get; set; }
        public NodeStatus Status { get; set; }
        public DateTimeOffset AwayAt { get; set; }
        public SortedDictionary<string, Claim> Claims { get; } = new(StringComparer.Ordinal);
    }
}
