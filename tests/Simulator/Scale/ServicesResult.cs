namespace OrleansCluster.Simulator.Scale;

/// <param name="UpSeconds">Virtual time from the first service to all tasks of all being healthy.</param>
/// <param name="LostNodes">Of one silo, that was turned off.</param>
/// <param name="LostTasks">Of services, that ran there.</param>
/// <param name="HalfSeconds">Virtual time from the loss until half of those run elsewhere.</param>
/// <param name="HealedSeconds">Until all of them do.</param>
/// <param name="PassMicroseconds">Real time of one look at a service of these at rest, of which nothing follows.</param>
/// <param name="LargePassMicroseconds">The same for a service of 10,000 tasks.</param>
/// <param name="Seconds">Real time of it all.</param>
internal sealed record ServicesResult(
    int Hosts, int Silos, int Services, int Tasks, double UpSeconds, int LostNodes, int LostTasks, double HalfSeconds, double HealedSeconds, double PassMicroseconds, double LargePassMicroseconds, double Seconds);
