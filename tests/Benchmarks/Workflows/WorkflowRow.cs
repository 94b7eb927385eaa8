namespace OrleansCluster.Benchmarks.Workflows;

/// <summary>One workflow's figures. All seconds but the published ones are those of the run, which are the recorded ones divided by <see cref="K"/>.</summary>
/// <param name="Levels">Tasks on the longest chain.</param>
/// <param name="Cores">Of all nodes together.</param>
/// <param name="LowerBoundSeconds">The best possible on these cores: the critical path, or the work dealt out evenly, whichever is longer.</param>
/// <param name="AllowedSeconds">1.1 times the lower bound, and a second for each level.</param>
/// <param name="MakespanSeconds">From the call that submits the job to the answer that it has succeeded: the median of the rounds.</param>
/// <param name="EmptySeconds">The same for the same graph with tasks that sleep for 0 s: what the cluster itself takes. Not with Docker.</param>
/// <param name="PublishedSeconds">The makespan that the file records, not divided.</param>
internal sealed record WorkflowRow(
    string Benchmark,
    string File,
    string Runtime,
    double K,
    int Tasks,
    int Levels,
    int Nodes,
    double Cores,
    double CoreSeconds,
    double CriticalPathSeconds,
    double LowerBoundSeconds,
    double AllowedSeconds,
    double MakespanSeconds,
    double LeastMakespanSeconds,
    double MostMakespanSeconds,
    double? EmptySeconds,
    double? PublishedSeconds)
{
    private const double AllowedFactor = 1.1;
    private const double AllowedOfLevel = 1;

    public bool IsWithin => MakespanSeconds <= AllowedSeconds;

    public static double Allowed(double lowerBound, int levels) => (AllowedFactor * lowerBound) + (AllowedOfLevel * levels);
}
