using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Conflict;

/// <param name="Hours">Of virtual time, for each row.</param>
/// <param name="Load">How many times the workload's jobs come; 1 is Google's.</param>
internal sealed record ConflictSettings(
    int Nodes, double Hours, int Load, TaskPlacementStrategy Strategy, ImmutableArray<int> Schedulers, ImmutableArray<double> Decisions)
{
    public string? Fault
    {
        get
        {
            if (Nodes is < 1 or > 100_000)
                return "--nodes takes 1 to 100000";
            if (Hours is not (> 0 and <= 1000))
                return "--hours takes more than 0, up to 1000";
            if (Load is < 1 or > 100)
                return "--load takes 1 to 100";
            if (Schedulers.Any(s => s is < 1 or > 1000))
                return "--schedulers takes 1 to 1000";
            return Decisions.Any(d => d is not (> 0 and <= 1000)) ? "--decision takes more than 0 seconds, up to 1000" : null;
        }
    }
}
