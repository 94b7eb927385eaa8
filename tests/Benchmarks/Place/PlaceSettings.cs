namespace OrleansCluster.Benchmarks.Place;

/// <param name="HasConstraints">Requests may go to a half of the nodes alone.</param>
/// <param name="IsSpread">Requests are spread over zones, and by best fit within them.</param>
/// <param name="HasGpus">A third of the nodes have GPUs, and every request wants some.</param>
internal sealed record PlaceSettings(int Nodes, int Rounds, bool HasConstraints, bool IsSpread, bool HasGpus)
{
    /// <summary>As many as a scheduler decides at once, on one copy.</summary>
    public const int Batch = 500;

    public string? Fault => HasGpus && (HasConstraints || IsSpread) ? "--gpus is measured by itself" : Nodes is < 1 or > 1_000_000 ? "--nodes takes 1 to 1000000" : Rounds is < 1 or > 1000 ? "--rounds takes 1 to 1000" : null;
}
