using System.Diagnostics.Metrics;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Grains.Scheduling;

internal sealed class SchedulerInstruments
{
    public const string MeterName = "OrleansCluster.Scheduling";

    private readonly GaugeBoard<QueueView> _queues = new();
    private readonly TimeProvider _clock;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _decideDuration;
    private readonly Histogram<double> _commitDuration;

    public SchedulerInstruments(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _decisions = meter.CreateCounter<long>("ocs.scheduler.decisions", "{attempt}", "Attempts that a round has found a node for, or none.");
        _decideDuration = meter.CreateHistogram("ocs.scheduler.decide.duration", "s", "Time that one round's decisions took.", advice: Buckets.Short);
        _commitDuration = meter.CreateHistogram("ocs.scheduler.commit.duration", "s", "Time until one round's claims were answered.", advice: Buckets.Short);
        meter.CreateObservableGauge("ocs.scheduler.queue.length", Lengths, "{attempt}", "Attempts that want a node, parked ones among them.");
        meter.CreateObservableGauge("ocs.scheduler.queue.oldest.age", Ages, "s", "Time since the attempt that has waited longest was queued.");
    }

    public void Decided(string cluster, int placed, int unplaced, TimeSpan took)
    {
        if (placed > 0)
            _decisions.Add(placed, new("cluster", cluster), new("result", "placed"));
        if (unplaced > 0)
            _decisions.Add(unplaced, new("cluster", cluster), new("result", "unplaced"));
        _decideDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("cluster", cluster));
    }

    public void Committed(string cluster, TimeSpan took) => _commitDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("cluster", cluster));

    public void QueueChanged(string key, QueueView queue) => _queues.Post(key, queue);

    public void QueueGone(string key, QueueView? queue) => _queues.TakeDown(key, queue);

    private IEnumerable<Measurement<int>> Lengths() =>
        from queue in _queues.Posted
        from team in queue.Value.Teams
        select new Measurement<int>(team.Length, Tags(queue.Value, team));

    private IEnumerable<Measurement<double>> Ages()
    {
        var now = _clock.GetUtcNow();
        return from queue in _queues.Posted
               from team in queue.Value.Teams
               select new Measurement<double>(Math.Max(0, (now - team.Oldest).TotalSeconds), Tags(queue.Value, team));
    }

    private static KeyValuePair<string, object?>[] Tags(QueueView queue, TeamQueue team) =>
        [new("cluster", queue.Cluster), new("scheduler", queue.Scheduler), new("team", team.Team)];
}
