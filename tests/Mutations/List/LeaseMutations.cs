using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>Who may run containers, how long, and when others may take that for over.</summary>
internal static class LeaseMutations
{
    private const string Agent = "silo/Agent/AgentLease.cs";
    private const string Grain = "grains/Resources/NodeGrain.Lease.cs";
    private const string Node = "grains/Resources/NodeGrain.cs";
    private const string Committer = "grains/Resources/ClusterStateGrain.cs";
    private const string Outage = "grains/Resources/StoreOutage.cs";

    private static readonly Edit _longGuardOnRegistration = new Edit.OfStatements(
        Agent,
        """
        guard.Extend(session.Remaining);
                LogRegistered(logger, request.Node, id, request.Capacity, answer.Value.Duration);
        """,
        "guard.Extend(TimeSpan.FromDays(1));");

    private static readonly Edit _longGuardOnRenewal = new Edit.OfStatements(
        Agent,
        """
        session.Renewed(lease.Duration, sentAt);
                        guard.Extend(session.Remaining);
        """,
        "session.Renewed(lease.Duration, sentAt); guard.Extend(TimeSpan.FromDays(1));");

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "fence-forgotten",
            "For the agent and for its host's guard a lease never runs out.",
            300,
            new Edit.OfExpression("silo/Agent/AgentSession.cs", "Duration - Age", "TimeSpan.FromDays(1)")),
        new(
            "guard-forgotten",
            "An agent that stands still or is gone has nobody that stops its containers.",
            300,
            _longGuardOnRegistration,
            _longGuardOnRenewal),
        new(
            "node-lost-too-early",
            "A node is declared lost before its lease has run out.",
            300,
            new Edit.OfExpression(Grain, "clock.GetElapsedTime(_renewedAt) > leases.LostAfter", "clock.GetElapsedTime(_renewedAt) > leases.Duration / 2"),
            new Edit.OfExpression(Node, "leases.LostAfter - clock.GetElapsedTime(_renewedAt)", "(leases.Duration / 2) - clock.GetElapsedTime(_renewedAt)")),
        new(
            "takeover-without-patience",
            "A new activation of a node's grain does not wait for leases of the one before it.",
            300,
            new Edit.OfStatements(
                Node,
                """
                await _hold.Take(cancellationToken);
                        _renewedAt = clock.GetTimestamp();
                """,
                "await _hold.Take(cancellationToken); _renewedAt = clock.GetTimestamp() - (long)(leases.LostAfter.TotalSeconds * clock.TimestampFrequency);")),
        new(
            "hold-unchecked",
            "A node's grain grants leases without looking whether another activation holds the node.",
            300,
            new Edit.OfExpression(Grain, "await _hold.IsMine(CancellationToken.None).WaitAsync(leases.Duration / 5, clock)", "true")),
        new(
            "outage-taken-for-general",
            "A silo that alone does not reach the store grants leases.",
            300,
            new Edit.OfExpression(Outage, "peers.IsOnly", "true")),
        new(
            "agent-let-in-while-node-is-lost",
            "An agent registers while its node is being declared lost, and keeps claims that are then given back.",
            1000,
            new Edit.OfStatements(
                Node,
                """
                while (_isLosing)
                            await _settled.Wait(_longestWatch, CancellationToken.None);
                """,
                ""),
            new Edit.OfExpression(Grain, "_registering == 0", "true"),
            new Edit.OfExpression(Committer, "entry is { Row.Status: NodeStatus.Lost, ClaimCount: > 0 }", "false"),
            new Edit.OfExpression(Node, "!await IsHolder()", "false")),
        new(
            "agent-let-in-beside-one-who-clears",
            "An agent registers with one activation of its node's grain while another one still gives back what was claimed there.",
            2000,
            new Edit.OfExpression(Committer, "entry is { Row.Status: NodeStatus.Lost, ClaimCount: > 0 }", "false"),
            new Edit.OfExpression(Node, "!await IsHolder()", "false")),
    ];
}
