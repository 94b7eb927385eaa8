using System.Diagnostics.Metrics;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Grains.Storage.Sql;

internal sealed class StoreInstruments
{
    public const string MeterName = "OrleansCluster.Store";

    private readonly TimeProvider _clock;
    private readonly Counter<long> _transactions;
    private readonly Counter<long> _units;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _failures;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _writeDuration;
    private readonly Histogram<double> _commitDuration;

    public StoreInstruments(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _transactions = meter.CreateCounter<long>("ocs.store.transactions", "{transaction}", "Database transactions made durable.");
        _units = meter.CreateCounter<long>("ocs.store.units", "{unit}", "Units answered, conflicts among them.");
        _conflicts = meter.CreateCounter<long>("ocs.store.conflicts", "{unit}", "Units that did not match what is stored.");
        _failures = meter.CreateCounter<long>("ocs.store.failures", "{unit}", "Units lost to a failing database.");
        _batchSize = meter.CreateHistogram("ocs.store.batch.size", "{unit}", "Units that shared a database transaction.", advice: Buckets.Counts);
        _writeDuration = meter.CreateHistogram("ocs.store.write.duration", "s", "Time that a database transaction took.", advice: Buckets.Short);
        _commitDuration = meter.CreateHistogram(
            "ocs.store.commit.duration", "s", "Time from a unit's queueing to its being durable.", advice: Buckets.Short);
    }

    /// <param name="began">When the writing of the batch began, a timestamp of the clock.</param>
    public void BatchWritten(List<PendingUnit> batch, List<CommitResult> results, long began)
    {
        _transactions.Add(1);
        _units.Add(batch.Count);
        _batchSize.Record(batch.Count);
        var conflicts = results.Count(result => !result.IsCommitted);
        if (conflicts > 0)
            _conflicts.Add(conflicts);
        RecordTimes(batch, began);
    }

    public void BatchFailed(List<PendingUnit> batch) => _failures.Add(batch.Count);

    private void RecordTimes(List<PendingUnit> batch, long began)
    {
        var now = _clock.GetTimestamp();
        _writeDuration.Record(_clock.GetElapsedTime(began, now).TotalSeconds);
        if (!_commitDuration.Enabled)
            return;
        foreach (var unit in batch)
            _commitDuration.Record(_clock.GetElapsedTime(unit.QueuedAt, now).TotalSeconds);
    }
}
