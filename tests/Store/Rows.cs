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
            Gang = "job-a.worker",
        },
        "batch/17");

    /// <summary>With GPUs and named amounts.</summary>
    public static NodeWrite WithExtras(NodeWrite write) => write with
    {
        Row = write.Row with
        {
            ExtraCapacity = new ExtraCapacity
            {
                Gpus = [new GpuDevice("0", "A100"), new GpuDevice("GPU-1", "")],
                Amounts = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 4).Add("tape", 0),
            },
            ExtraClaimed = ExtrasOf(700),
        },
    };

    /// <summary>With a share of a GPU and a named amount.</summary>
    public static ClaimRow WithExtras(ClaimRow row) => row with { Claim = row.Claim with { Extras = ExtrasOf(300) } };

    private static ExtraClaim ExtrasOf(int thousandths) => new()
    {
        Gpus = [new GpuShare("GPU-1", thousandths)],
        Amounts = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 3),
    };

    public static StateWrite State(string key, long expected, string? json = "{}", StateIndex? index = null, string kind = "task") =>
        new() { Kind = kind, Key = key, ExpectedETag = expected, Json = json, Index = index ?? StateIndex.None };

    public static EventDraft Event(string subject, string type = "task.running") => new(Noon, type, subject, "job1", """{"node":"n1"}""");
}
