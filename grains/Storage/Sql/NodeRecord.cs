using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A row of <c>node</c>.</summary>
internal sealed class NodeRecord
{
    public string Node { get; set; } = "";
    public long ETag { get; set; }
    public string Status { get; set; } = "";
    public int Cpu { get; set; }
    public int Memory { get; set; }
    public int Disk { get; set; }
    public int ClaimedCpu { get; set; }
    public int ClaimedMemory { get; set; }
    public int ClaimedDisk { get; set; }
    public string Attributes { get; set; } = "";
    public string Runtime { get; set; } = "";
    public long RegisteredAt { get; set; }
    public string AgentVersion { get; set; } = "";

    public string? Extras { get; set; }

    public string? ClaimedExtras { get; set; }

    public NodeRow ToRow() => new()
    {
        Node = Node,
        ETag = ETag,
        Status = EnumText<NodeStatus>.Parse(Status),
        Capacity = new Resources(Cpu, Memory, Disk),
        Claimed = new Resources(ClaimedCpu, ClaimedMemory, ClaimedDisk),
        Attributes = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(Attributes, StoreJson.Options)!,
        Runtime = Runtime,
        RegisteredAt = new DateTimeOffset(RegisteredAt, TimeSpan.Zero),
        AgentVersion = AgentVersion,
        ExtraCapacity = ExtraText.Parse<ExtraCapacity>(Extras),
        ExtraClaimed = ExtraText.Parse<ExtraClaim>(ClaimedExtras),
    };
}
