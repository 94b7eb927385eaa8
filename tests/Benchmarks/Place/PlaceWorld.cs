using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Place;

/// <summary>A cluster in use and what waits for it, both drawn from a seed: machines of three sizes, each filled by a share of its own.</summary>
internal static class PlaceWorld
{
    private static readonly Resources[] _machines = [new(16_000, 65_536, 500_000), new(32_000, 131_072, 1_000_000), new(64_000, 262_144, 2_000_000)];
    private static readonly int[] _cpus = [100, 250, 500, 1000, 2000, 4000, 8000];
    private static readonly int[] _memories = [128, 256, 512, 1024, 2048, 4096, 8192, 16_384];

    public const string Group = "family:work";
    public const int Zones = 16;

    private static readonly PlacementConstraint _onSsd = new() { Type = PlacementConstraintType.MemberOf, Expression = "attribute:disk == ssd" };
    private static readonly PlacementStep _overZones = new() { Type = PlacementStepType.Spread, Field = "attribute:zone" };

    public static ClusterArrays Cluster(PlaceSettings settings, int seed)
    {
        var random = new Random(seed);
        return ClusterArrays.From(new ClusterDelta
        {
            Version = new ClusterVersion("bench", 1),
            IsSnapshot = true,
            Nodes = [.. Enumerable.Range(0, settings.Nodes).Select(n => settings.HasGpus && n % 3 == 1 ? PlaceGpus.Equip(Node(n, random), random) : Node(n, random))],
        });
    }

    public static ImmutableArray<PlacementRequest> Requests(int count, PlaceSettings settings, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(n => new PlacementRequest
        {
            TaskId = $"job.work.{n}",
            Attempt = 1,
            Resources = new Resources(_cpus[random.Next(_cpus.Length)], _memories[random.Next(_memories.Length)], 0),
            Definition = "work:1",
            Team = "default",
            Priority = 50,
            QueuedAt = default,
            Group = Group,
            Constraints = settings.HasConstraints ? [_onSsd] : [],
            Strategy = settings.IsSpread ? [_overZones] : [],
            Extras = settings.HasGpus ? PlaceGpus.Demand(random) : null,
        })];
    }

    public static string ZoneOf(int node) => $"zone-{node % Zones}";

    public static bool HasSsd(int node) => node / Zones % 2 == 0;

    private static ImmutableSortedDictionary<string, string> AttributesOf(int node) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("zone", ZoneOf(node)).Add("disk", HasSsd(node) ? "ssd" : "hdd");

    private static NodeSnapshot Node(int number, Random random)
    {
        var capacity = _machines[random.Next(_machines.Length)];
        var (cpu, memory) = (random.NextDouble(), random.NextDouble());
        return new NodeSnapshot
        {
            Name = $"node-{number:D6}",
            ETag = 1,
            Status = NodeStatus.Active,
            Capacity = capacity,
            Claimed = new Resources((int)(capacity.Cpu * cpu), (int)(capacity.Memory * memory), 0),
            Attributes = AttributesOf(number),
            TaskGroups = number % 3 == 0 ? [new TaskGroupCount(Group, number % 5)] : [],
        };
    }
}
