namespace OrleansCluster.Simulator;

internal sealed record SimulateSettings
{
    public required int Seeds { get; init; }
    public required ulong From { get; init; }
    public bool Traces { get; init; }
    public required int Jobs { get; init; }
    public bool StopsAtFirst { get; init; }
    public bool WritesJson { get; init; }

    public IReadOnlyList<string> Faults(bool hasSeed)
    {
        var faults = new List<string>();
        if (Seeds is < 1 or > 100_000_000)
            faults.Add($"--seeds: {Seeds} found; expected 1 to 100,000,000");
        if (Jobs is < 1 or > 1024)
            faults.Add($"--jobs: {Jobs} found; expected 1 to 1024");
        if (Traces && !hasSeed)
            faults.Add("--trace: expected --seed with it: the events of one seed");
        return faults;
    }
}
