using System.Collections.Immutable;

namespace OrleansCluster.Grains.Runtime;

/// <summary>An engine of one process.</summary>
public sealed class LoneSilo : ISiloPeers
{
    public string Self => "";

    public bool IsOnly => true;

    public ImmutableArray<string> Others => [];

    public void Move(IGrainBase grain, string silo)
    {
        // There is nowhere to go.
    }
}
