using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What an agent says of its host when it joins.</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeRegistration")]
public sealed record NodeRegistration
{
    [Id(0)] public required string Node { get; init; }

    /// <summary>What tasks may claim: measured, less the host's reserve.</summary>
    [Id(1)] public required Resources Capacity { get; init; }
    [Id(2)] public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Names this run of the agent. A new session takes the node over from the one before, whose renewals and reports are refused from then on.</summary>
    [Id(3)] public required string Session { get; init; }

    /// <summary>What runs the containers, in words: <c>docker 20.10.24</c>, <c>simulated</c>.</summary>
    [Id(4)] public required string Runtime { get; init; }

    /// <summary>The silo that the agent is part of, so that its node's grain can move there; empty where there is only one.</summary>
    [Id(5)] public string Silo { get; init; } = "";

    /// <summary>Another one whenever what ran on the host may have vanished without a trace since the agent before.</summary>
    [Id(6)] public string Incarnation { get; init; } = "";

    /// <summary>Names the agent's process; all its sessions have the same.</summary>
    [Id(7)] public string Process { get; init; } = "";

    /// <summary>Of the program that the agent is part of, such as <c>0.1.0</c>.</summary>
    [Id(8)] public string AgentVersion { get; init; } = "";

    /// <summary>64 at the most.</summary>
    [Id(9)] public ImmutableArray<GpuDevice> Gpus { get; init; } = [];

    /// <summary>How much tasks may claim of what has a name of its own.</summary>
    [Id(10)] public ImmutableSortedDictionary<string, int> Amounts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The IP address at which others reach what its tasks publish; empty where it is not known. The node has it as its attribute <see cref="NodeSnapshot.AddressAttribute"/>.</summary>
    [Id(60)] public string Address { get; init; } = "";
}
