using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A row of <c>claim</c>.</summary>
internal sealed class ClaimRecord
{
    public string Node { get; set; } = "";
    public string Task { get; set; } = "";
    public int Attempt { get; set; }
    public int Cpu { get; set; }
    public int Memory { get; set; }
    public int Disk { get; set; }
    public string Ports { get; set; } = "";
    public string Definition { get; set; } = "";
    public string Team { get; set; } = "";
    public string TakenBy { get; set; } = "";
    public string Group { get; set; } = "";

    public string? Extras { get; set; }
    public int Priority { get; set; }

    /// <summary>Ticks of UTC; 0 where it is not known.</summary>
    public long ClaimedAt { get; set; }

    public string? Gang { get; set; }

    public ClaimRow ToRow()
    {
        var claim = new Claim
        {
            TaskId = Task,
            Attempt = Attempt,
            Node = Node,
            Resources = new Resources(Cpu, Memory, Disk),
            Ports = Ports == "[]" ? [] : JsonSerializer.Deserialize<ImmutableArray<HostPort>>(Ports, StoreJson.Options),
            Definition = Definition,
            Team = Team,
            Group = Group,
            Extras = ExtraText.Parse<ExtraClaim>(Extras),
            Priority = Priority,
            ClaimedAt = ClaimedAt == 0 ? null : new DateTimeOffset(ClaimedAt, TimeSpan.Zero),
            Gang = Gang,
        };
        return new ClaimRow(claim, TakenBy);
    }
}
