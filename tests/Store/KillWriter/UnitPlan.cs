using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.KillWriter;

/// <summary>
/// What each unit of each writer holds, as a function of their numbers: whoever knows how far a writer came knows all that has to be stored.
/// Every unit writes all nodes of its writer, adds claims, removes those of an older unit, moves a state on and appends events.
/// </summary>
public static class UnitPlan
{
    public const string Cluster = "default";
    public const string StateKind = "writer";
    public const int Writers = 4;
    private const int NodesEach = 3;

    /// <summary>How many units a claim lives.</summary>
    private const int Lifetime = 5;

    public static string StateKey(int writer) => $"writer/{writer}";

    public static CommitUnit Unit(int writer, int unit) => new()
    {
        Cluster = Cluster,
        Nodes = [.. NodesAfter(writer, unit).Select(row => new NodeWrite { ExpectedETag = unit - 1, Row = row })],
        ClaimsAdded = ClaimsOf(writer, unit),
        ClaimsRemoved = [.. ClaimsOf(writer, unit - Lifetime).Select(row => row.Claim.Id)],
        States = [StateAfter(writer, unit)],
        Events = EventsOf(writer, unit),
    };

    public static ImmutableArray<NodeRow> NodesAfter(int writer, int unit) =>
    [
        .. Enumerable.Range(0, unit == 0 ? 0 : NodesEach).Select(node => new NodeRow
        {
            Node = Node(writer, node),
            ETag = unit,
            Status = NodeStatus.Active,
            Capacity = new Resources(100_000, 100_000, 100_000),
            Claimed = ClaimsAfter(writer, unit)
                .Where(row => row.Claim.Node == Node(writer, node))
                .Aggregate(Resources.Zero, (sum, row) => sum + row.Claim.Resources),
            Attributes = ImmutableSortedDictionary<string, string>.Empty,
            Runtime = "",
        }),
    ];

    public static IEnumerable<ClaimRow> ClaimsAfter(int writer, int unit) =>
        Enumerable.Range(unit - Lifetime + 1, Lifetime).SelectMany(older => ClaimsOf(writer, older));

    public static StateWrite StateAfter(int writer, int unit) => new()
    {
        Kind = StateKind,
        Key = StateKey(writer),
        ExpectedETag = unit - 1,
        Json = $$"""{"unit":{{unit}}}""",
        Index = new StateIndex(Cluster, "", unit % 2 == 0 ? "EVEN" : "ODD", true),
    };

    public static ImmutableArray<EventDraft> EventsOf(int writer, int unit) =>
        [.. Enumerable.Range(0, 2).Select(i => new EventDraft(DateTimeOffset.UnixEpoch.AddSeconds(unit), "unit.written", $"{writer}/{unit}/{i}", "", "{}"))];

    private static ImmutableArray<ClaimRow> ClaimsOf(int writer, int unit) =>
    [
        .. Enumerable.Range(0, unit <= 0 ? 0 : 1 + (unit % 7)).Select(i => new ClaimRow(
            new Claim
            {
                TaskId = $"w{writer}.u{unit}.{i}",
                Attempt = 1,
                Node = Node(writer, i % NodesEach),
                Resources = new Resources(1 + i, 10 + unit % 3, unit % 11),
                Definition = "none:1",
                Team = "default",
            },
            $"writer/{writer}")),
    ];

    private static string Node(int writer, int node) => $"w{writer}-n{node}";
}
