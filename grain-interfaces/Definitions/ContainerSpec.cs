using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>One container of a task definition.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ContainerSpec")]
public sealed record ContainerSpec
{
    /// <summary>Unique within the definition: lower-case letters, digits and hyphens, 1 to 63 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>As Docker takes it: <c>busybox</c>, <c>registry:5000/team/app:1.2</c>, <c>app@sha256:…</c>.</summary>
    [Id(1)] public required string Image { get; init; }

    /// <summary>Replaces the image's entry point where given.</summary>
    [Id(2)] public ImmutableArray<string> EntryPoint { get; init; } = [];

    /// <summary>Replaces the image's command where given.</summary>
    [Id(3)] public ImmutableArray<string> Command { get; init; } = [];
    [Id(4)] public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Claimed on the node and enforced by the runtime: CPU as a quota, memory as a hard limit.</summary>
    [Id(5)] public required Resources Resources { get; init; }

    /// <summary>When an essential container ends, the task ends.</summary>
    [Id(6)] public bool Essential { get; init; } = true;
    [Id(7)] public ImmutableArray<ContainerDependency> DependsOn { get; init; } = [];
    [Id(8)] public ImmutableArray<MountSpec> Mounts { get; init; } = [];
    [Id(9)] public ImmutableArray<PortMapping> Ports { get; init; } = [];

    /// <summary>Seconds between the stop signal and the kill, 0 to 3600.</summary>
    [Id(10)] public int StopTimeout { get; init; } = 30;
    [Id(11)] public string? WorkingDirectory { get; init; }

    /// <summary><c>user</c>, <c>uid</c> or <c>uid:gid</c>.</summary>
    [Id(12)] public string? User { get; init; }

    /// <summary>Claimed on the node and handed to the container by the runtime, which has to know how (with Docker, a toolkit of the GPUs' maker).</summary>
    [Id(13)] public GpuSpec? Gpu { get; init; }

    /// <summary>Of what nodes offer by a name of its own, such as <c>licence</c> → 1: claimed on the node.</summary>
    [Id(14)] public ImmutableSortedDictionary<string, int> Amounts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Without one, nothing is said of its health; what the image brings is not run then.</summary>
    [Id(30)] public HealthCheckSpec? HealthCheck { get; init; }
}
