namespace OrleansCluster.Simulator.Scale;

/// <param name="Hosts">Machines of 4 cores and 16 GB.</param>
/// <param name="Silos">Processes that share them: each has the agents of as many nodes.</param>
/// <param name="Minutes">Of virtual time, after all nodes have joined.</param>
internal sealed record ScaleSettings(int Hosts, int Silos, int Minutes)
{
    public IEnumerable<string> Faults()
    {
        if (Hosts is < 1 or > 100_000)
            yield return $"--hosts: {Hosts} found; expected 1 to 100,000";
        if (Silos < 1 || Silos > Hosts)
            yield return $"--silos: {Silos} found; expected 1 to the number of hosts";
        if (Minutes is < 1 or > 100_000)
            yield return $"--minutes: {Minutes} found; expected 1 to 100,000";
    }
}
