namespace OrleansCluster.Benchmarks.Workflows;

/// <param name="K">What recorded seconds are divided by.</param>
/// <param name="Cores">Of one node in place of the recorded machines.</param>
/// <param name="Emit">Where the job is written to; then nothing runs.</param>
internal sealed record WorkflowSettings(double K, int? Cores, WorkflowRuntime Runtime, int Rounds, string Image, FileInfo? Emit)
{
    public string? Fault
    {
        get
        {
            if (K is not (>= 0.001 and <= 1_000_000))
                return "--k takes 0.001 to 1000000";
            if (Cores is < 1 or > 1024)
                return "--cores takes 1 to 1024";
            if (Rounds is < 1 or > 1000)
                return "--rounds takes 1 to 1000";
            return Enum.IsDefined(Runtime) ? null : "--runtime takes simulated or docker";
        }
    }
}
