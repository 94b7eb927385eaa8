namespace OrleansCluster.Simulator.Scale.Frameworks;

/// <param name="Hosts">Machines of 4 cores and 16 GB.</param>
/// <param name="Tasks">Of one core and 2 GB each, dealt out among all who place.</param>
/// <param name="ByState">Frameworks that decide over the shared state.</param>
/// <param name="ByOffers">Frameworks that take offers.</param>
/// <param name="WithOwn">Whether our batch scheduler has a share of the tasks, in jobs, and our service scheduler a service beside.</param>
/// <param name="Decision">How long a framework takes for a decision.</param>
/// <param name="Load">What is asked for as a share of what the cluster can do, over time; <see langword="null"/> where all of it is asked for at the beginning.</param>
internal sealed record FrameworksSettings(int Hosts, int Tasks, int ByState, int ByOffers, bool WithOwn, TimeSpan Decision, double? Load)
{
    public int Placers => ByState + ByOffers + (WithOwn ? 1 : 0);
}
