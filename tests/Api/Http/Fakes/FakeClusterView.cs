namespace OrleansCluster.Tests.Api.Http.Fakes;

/// <summary>Answers with a snapshot, and with deltas to who has a version.</summary>
internal sealed class FakeClusterView : IClusterViewGrain
{
    /// <summary>Greater than what a reader whose numbers are doubles can tell from its neighbours.</summary>
    public const long Number = 9_007_199_254_740_993;

    public List<(ClusterVersion Since, bool IsFresh, TimeSpan Wait)> Asked { get; } = [];

    /// <summary>Waits before there is news.</summary>
    public int Silence { get; set; }

    public Task<ClusterDelta> Read(ClusterVersion since, bool isFresh, TimeSpan wait, CancellationToken cancellationToken)
    {
        Asked.Add((since, isFresh, wait));
        var isSnapshot = since.Incarnation != "i";
        var isNews = isSnapshot || Silence-- <= 0;
        return Task.FromResult(new ClusterDelta
        {
            Version = isNews ? new ClusterVersion("i", Number) : since,
            IsSnapshot = isSnapshot,
            Nodes = isNews ? [new NodeSnapshot { Name = "n1", ETag = Number, Status = NodeStatus.Active, Capacity = new Resources(4000, 4096, 0), Claimed = new Resources(500, 64, 0) }] : [],
        });
    }
}
