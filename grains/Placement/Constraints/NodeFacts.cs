using System.Collections.Immutable;

namespace OrleansCluster.Placement.Constraints;

/// <summary>What constraint expressions can ask of a node.</summary>
public sealed record NodeFacts
{
    /// <summary>The subject <c>node</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The subjects <c>status</c> and <c>agentConnected</c>: an agent is connected while its lease runs, that is unless the node is lost.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>The subjects <c>attribute:NAME</c>. Names and values are compared as they are, capitals and small letters apart.</summary>
    public required ImmutableSortedDictionary<string, string> Attributes { get; init; }

    /// <summary>The subject <c>task:group</c>: the groups of the tasks on the node, each once, in any order.</summary>
    public required ImmutableArray<string> TaskGroups { get; init; }

    /// <summary>Tasks that hold claims on the node, also those whose containers are being started or stopped.</summary>
    public required int RunningTasksCount { get; init; }

    /// <summary>Compared in whole seconds, since that is what an expression can say.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>
    /// One to four numbers with dots between; what follows them after a <c>-</c> or <c>+</c> is not compared. An agent of any other
    /// version, or of none, is matched by no comparison of versions.
    /// </summary>
    public required string? AgentVersion { get; init; }
}
