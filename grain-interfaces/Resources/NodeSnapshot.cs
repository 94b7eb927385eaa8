using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>What a scheduler sees of one node at one version. Only durable claims are counted.</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeSnapshot")]
public sealed record NodeSnapshot
{
    /// <summary>The attribute of every node that says where others reach it.</summary>
    public const string AddressAttribute = "ocs.address";

    [Id(0)] public required string Name { get; init; }

    /// <summary>Grows with every change of the node. In JSON a text, since not every reader's numbers have 64 bits.</summary>
    [Id(1), JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public required long ETag { get; init; }
    [Id(2)] public required NodeStatus Status { get; init; }
    [Id(3)] public required Resources Capacity { get; init; }
    [Id(4)] public required Resources Claimed { get; init; }
    [Id(5)] public ImmutableArray<HostPort> ClaimedPorts { get; init; } = [];
    [Id(6)] public int ClaimCount { get; init; }
    [Id(7)] public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Id(8)] public string Runtime { get; init; } = "";

    /// <summary>In the order of their names. A group's name is one string on all nodes of a cluster state, so that it is sent once.</summary>
    [Id(9)] public ImmutableArray<TaskGroupCount> TaskGroups { get; init; } = [];

    /// <summary>When the node joined for the first time.</summary>
    [Id(10)] public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Empty where it is not known.</summary>
    [Id(11)] public string AgentVersion { get; init; } = "";

    /// <summary>Its GPUs and named amounts.</summary>
    [Id(12)] public ExtraCapacity? ExtraCapacity { get; init; }

    [Id(13)] public ExtraClaim? ExtraClaimed { get; init; }

    /// <summary>Claims that are held for offers; <see cref="ClaimCount"/> has those of tasks.</summary>
    [Id(14)] public int OfferCount { get; init; }

    /// <summary>The IP address at which others reach what its tasks publish; empty where it is not known.</summary>
    public string Address => Attributes.GetValueOrDefault(AddressAttribute, "");

    public Resources Free => Capacity - Claimed;
}
