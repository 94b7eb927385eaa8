namespace OrleansCluster.Placement.Gpus;

/// <summary>Which of the nodes that fit is taken.</summary>
public enum GpuStrategy
{
    /// <summary>Any of them, and any device of it that has enough, each as likely as the others.</summary>
    Random,

    /// <summary>The one that has the least CPU and GPU left afterwards.</summary>
    BestFit,

    /// <summary>
    /// The one whose fragmentation grows least, and among equals the best fit: fragmentation gradient descent, of Weng et al., "Beware of Fragmentation: Scheduling GPU-Sharing
    /// Workloads with Fragmentation Gradient Descent", USENIX ATC 2023.
    /// </summary>
    Fgd,
}
