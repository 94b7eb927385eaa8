namespace OrleansCluster.Grains.Tasks.Lifecycle;

/// <summary>How far the instances of one named task of a job have come.</summary>
/// <param name="Count">How many there are to be.</param>
/// <param name="Started">How many task grains have been started, ended ones included.</param>
/// <param name="Succeeded">How many have ended for good with success.</param>
/// <param name="Failed">How many have ended for good without.</param>
internal readonly record struct TaskProgress(int Count, int Started, int Succeeded, int Failed)
{
    public bool HasSucceeded => Succeeded == Count;
    public bool HasFailed => Failed > 0;

    /// <summary>Nothing of what was started still runs or waits.</summary>
    public bool IsIdle => Started == Succeeded + Failed;
}
