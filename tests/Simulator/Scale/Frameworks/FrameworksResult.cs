namespace OrleansCluster.Simulator.Scale.Frameworks;

/// <param name="Makespan">Virtual seconds from the first task to the end of the last.</param>
/// <param name="Utilisation">Cores that tasks have run on, of all cores, until the end of the last task (where they come over time: until the last has come).</param>
/// <param name="MeanWait">Virtual seconds from a task's coming to its claim, of frameworks' tasks.</param>
/// <param name="LongWait">The same of the hundredth that waited longest, at the least.</param>
/// <param name="Launches">Launches that frameworks have asked for.</param>
/// <param name="Conflicts">Tasks of those that were refused, since others had the room.</param>
/// <param name="Declined">Offers that were declined.</param>
/// <param name="Preempted">Tasks of frameworks that had to begin anew, since something of a higher priority took their place.</param>
/// <param name="Seconds">Real time of it all.</param>
internal sealed record FrameworksResult(
    int Hosts, int Tasks, int ByState, int ByOffers, bool WithOwn, double Decision, double Makespan, double Utilisation, double MeanWait, double LongWait, long Launches, long Conflicts, long Declined, long Preempted, double Seconds);
