using System.Diagnostics.Metrics;

namespace OrleansCluster.Grains.Storage.Sql;

internal sealed class StoreInstruments
{
    public const string MeterName = "OrleansCluster.Store";

    private readonly Counter<long> _transactions;
    private readonly Counter<long> _units;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _failures;

    public StoreInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _transactions = meter.CreateCounter<long>("ocs.store.transactions", "{transaction}", "Database transactions made durable.");
        _units = meter.CreateCounter<long>("ocs.store.units", "{unit}", "Units answered, conflicts among them.");
        _conflicts = meter.CreateCounter<long>("ocs.store.conflicts", "{unit}", "Units that did not match what is stored.");
        _failures = meter.CreateCounter<long>("ocs.store.failures", "{unit}", "Units lost to a failing database.");
    }

    public void BatchWritten(List<PendingUnit> batch, List<CommitResult> results)
    {
        _transactions.Add(1);
        _units.Add(batch.Count);
        var conflicts = results.Count(result => !result.IsCommitted);
        if (conflicts > 0)
            _conflicts.Add(conflicts);
    }

    public void BatchFailed(List<PendingUnit> batch) => _failures.Add(batch.Count);
}
