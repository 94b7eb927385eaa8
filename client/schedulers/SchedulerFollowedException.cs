namespace OrleansCluster.Client;

/// <summary>Another run of the same framework has subscribed, and again when this one did: one of them can be told what is new, and the later one stays.</summary>
public sealed class SchedulerFollowedException(string framework)
    : Exception($"Another run of framework {framework} has taken over: one can run at a time.")
{
    public string Framework { get; } = framework;
}
