using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>
/// Sees the start and the end of every request in the order in which they happen. Called inside turns: be quick, never throw.
/// </summary>
public interface ITurnObserver
{
    void OnStarted(GrainId grain, string request);

    void OnEnded(GrainId grain, string request);
}
