namespace OrleansCluster.Simulator.Scale;

/// <param name="JoinSeconds">Real time until all nodes had joined.</param>
/// <param name="Seconds">Real time of the workload.</param>
/// <param name="VirtualSeconds">Virtual time of the workload.</param>
/// <param name="Events">Grain calls begun and ended, and what else went into the trace, during the workload.</param>
/// <param name="MemoryMiB">Managed memory in use at the end.</param>
internal sealed record ScaleResult(
    int Hosts, int Silos, double JoinSeconds, double Seconds, double VirtualSeconds, long Events, int Jobs, int TasksSubmitted, int TasksEnded, double MemoryMiB)
{
    public double VirtualSecondsPerSecond => VirtualSeconds / Seconds;

    public double EventsPerSecond => Events / Seconds;
}
