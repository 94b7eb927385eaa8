using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>Short ways to write down units.</summary>
internal static class Rows
{
    public const string Cluster = "default";
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static CommitUnit Unit { get; } = new() { Cluster = Cluster };

    public static NodeWrite Node(string name, long expected, Resources claimed = default) => new()
    {
        ExpectedETag = expected,
        Row = new NodeRow
        {
            Node = name,
            ETag = expected + 1,
            Status = NodeStatus.Active,
            Capacity = new Resources(8000, 16384, 100_000),
            Claimed = claimed,
            Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("os", "linux").Add("zone", "a"),
            Runtime = "docker 27.1",
            RegisteredAt = Noon.AddTicks(12_345),
            AgentVersion = "0.1.0",
        },
    };

    public static ClaimRow Claim(string task, string node, int attempt = 1) => new(
        new Claim
        {
            TaskId = task,
            Attempt = attempt,
            Node = node,
            Resources = new Resources(250, 128, 0),
            Ports = [new HostPort(8080, PortProtocol.Tcp), new HostPort(53, PortProtocol.Udp)],
            Definition = "web:3",
            Team = "default",
            Group = "family:web",
        },
        "batch/17");

    public static StateWrite State(string key, long expected, string? json = "{}", StateIndex? index = null, string kind = "task") =>
        new() { Kind = kind, Key = key, ExpectedETag = expected, Json = json, Index = index ?? StateIndex.None };

    public static EventDraft Event(string subject, string type = "task.running") => new(Noon, type, subject, "job1", """{"node":"n1"}""");
}
