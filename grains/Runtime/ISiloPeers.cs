using System.Collections.Immutable;

namespace OrleansCluster.Grains.Runtime;

/// <summary>This silo among the others, as its engine knows them.</summary>
public interface ISiloPeers
{
    /// <summary>This run of this silo; empty where the engine has only one.</summary>
    string Self { get; }

    /// <summary>The engine is one process, and there never is another silo.</summary>
    bool IsOnly { get; }

    /// <summary>All other silos that count as alive, without asking the store.</summary>
    ImmutableArray<string> Others { get; }

    /// <summary>
    /// From a turn of the grain: once it is idle it goes to that silo, and what it keeps in memory is lost. A silo that is not there is ignored.
    /// </summary>
    void Move(IGrainBase grain, string silo);
}
