namespace OrleansCluster.Simulator.Scale;

/// <param name="Running">Of the flood, when the other team asks.</param>
/// <param name="Guaranteed">Tasks that the other team's minimum is enough for.</param>
/// <param name="FirstSeconds">Virtual time from its job's submission until the first of them runs.</param>
/// <param name="Preempted">Tasks of the flood that were told to leave until then.</param>
/// <param name="Seconds">Real time.</param>
internal sealed record FloodResult(int Hosts, int Tasks, int Running, int Guaranteed, double FirstSeconds, double HalfSeconds, double AllSeconds, int Preempted, double Seconds);
