using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Commit;

/// <summary>The rows of claim transactions, written without the cluster; one database transaction a call, durable when it returns.</summary>
internal interface IBareWriter : IDisposable
{
    void AddNodes();

    void Write(ImmutableArray<ClaimRequest> claims);
}
