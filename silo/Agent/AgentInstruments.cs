using System.Diagnostics.Metrics;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Silo.Agent;

/// <summary>What the agents of this host count together.</summary>
internal sealed class AgentInstruments
{
    public const string MeterName = "OrleansCluster.Agent";

    private static readonly KeyValuePair<string, object?> _create = new("step", "create");
    private static readonly KeyValuePair<string, object?> _start = new("step", "start");

    private readonly TimeProvider _clock;
    private readonly Counter<long> _launches;
    private readonly Counter<long> _launchFailures;
    private readonly Histogram<double> _launchDuration;
    private readonly Counter<long> _renewals;
    private readonly Counter<long> _lapses;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _checkpointBytes;
    private readonly Histogram<double> _checkpointDuration;
    private readonly Counter<long> _healthChanges;

    public AgentInstruments(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _launches = meter.CreateCounter<long>("ocs.container.launches", "{container}", "Containers started.");
        _launchFailures = meter.CreateCounter<long>(
            "ocs.container.launch.failures", "{container}", "Containers that the runtime refused, by what was in the way, and calls that it did not answer.");
        _launchDuration = meter.CreateHistogram("ocs.container.launch.duration", "s", "Time that the runtime took to create or start a container.", advice: Buckets.Long);
        _renewals = meter.CreateCounter<long>("ocs.lease.renewals", "{renewal}", "Tries to renew the lease of a node of this host, by their result.");
        _lapses = meter.CreateCounter<long>("ocs.lease.lapses", "{lease}", "Leases that ran out; the node's tasks were stopped, but for those that are to be kept.");
        _checkpoints = meter.CreateCounter<long>("ocs.checkpoints", "{checkpoint}", "Checkpoints of tasks, by what became of them: taken, refused by the manager, failed.");
        _checkpointBytes = meter.CreateCounter<long>("ocs.checkpoint.size", "By", "Bytes of the checkpoints that were stored.");
        _checkpointDuration = meter.CreateHistogram("ocs.checkpoint.duration", "s", "Time to take a checkpoint or to restore one.", advice: Buckets.Long);
        _healthChanges = meter.CreateCounter<long>("ocs.container.health.changes", "{change}", "Containers that were found to be healthy or unhealthy and had not been before, by that.");
    }

    public void Created(long began) => _launchDuration.Record(_clock.GetElapsedTime(began).TotalSeconds, _create);

    public void Started(long began)
    {
        _launchDuration.Record(_clock.GetElapsedTime(began).TotalSeconds, _start);
        _launches.Add(1);
    }

    public void LaunchRefused(ContainerFailure failure) => LaunchFailed(failure.ToString());

    /// <summary>The runtime is away; the launch is tried again.</summary>
    public void LaunchBroken() => LaunchFailed("Unavailable");

    public void LeaseRenewed(bool isHeld) => RenewalEnded(isHeld ? "ok" : "refused");

    public void LeaseNotRenewed() => RenewalEnded("failed");

    public void LeaseLapsed() => _lapses.Add(1);

    public void CheckpointTaken(long began, long size, bool isAccepted)
    {
        _checkpoints.Add(1, new KeyValuePair<string, object?>("result", isAccepted ? "taken" : "refused"));
        _checkpointBytes.Add(size);
        _checkpointDuration.Record(_clock.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("step", "take"));
    }

    public void CheckpointFailed() => _checkpoints.Add(1, new KeyValuePair<string, object?>("result", "failed"));

    public void CheckpointRestored(long began) =>
        _checkpointDuration.Record(_clock.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("step", "restore"));

    public void HealthChanged(HealthStatus status) =>
        _healthChanges.Add(1, new KeyValuePair<string, object?>("health", status == HealthStatus.Healthy ? "healthy" : "unhealthy"));

    private void LaunchFailed(string kind) => _launchFailures.Add(1, new KeyValuePair<string, object?>("kind", kind));

    private void RenewalEnded(string result) => _renewals.Add(1, new KeyValuePair<string, object?>("result", result));
}
