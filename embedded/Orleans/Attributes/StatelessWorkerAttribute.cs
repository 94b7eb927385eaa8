using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>
/// Every silo has activations of its own for a key. One process has one silo, and this engine makes one activation of it, however many are allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    public StatelessWorkerAttribute(int maxLocalWorkers) => ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLocalWorkers);
}
