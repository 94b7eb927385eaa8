namespace OrleansCluster.Grains.Tasks.Lifecycle;

/// <summary>How far the instances of one named task of a job have come.</summary>
/// <param name="Count">How many there are to be.</param>
/// <param name="Started">How many task grains have been started, ended ones included.</param>
/// <param name="Succeeded">How many have ended for good with success.</param>
/// <param name="Failed">How many have ended for good without.</param>
/// <param name="Blocked">How many of those not started never will be, since the instance that they wait for has failed.</param>
internal readonly record struct TaskProgress(int Count, int Started, int Succeeded, int Failed, int Blocked = 0)
{
    public bool HasSucceeded => Succeeded == Count;
    public bool HasFailed => Failed + Blocked > 0;

    /// <summary>There is none that may start one day.</summary>
    public bool IsExhausted => Started + Blocked == Count;

    /// <summary>Nothing of what was started still runs or waits.</summary>
    public bool IsIdle => Started == Succeeded + Failed;
}
