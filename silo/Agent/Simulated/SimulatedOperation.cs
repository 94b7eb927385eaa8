namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>One thing that a simulated program does.</summary>
internal abstract record SimulatedOperation
{
    private SimulatedOperation()
    {
    }

    public sealed record Sleep(TimeSpan Duration) : SimulatedOperation;

    public sealed record Print(string Text) : SimulatedOperation;

    /// <summary>Counts on from what its file says, a number each time, and writes each down.</summary>
    public sealed record Count(string Directory, int To, TimeSpan Every) : SimulatedOperation;

    /// <summary>From here on it ends on no signal that a program can catch.</summary>
    public sealed record IgnoreStop : SimulatedOperation;

    /// <param name="Before">It goes on instead in this attempt and in later ones.</param>
    public sealed record Exit(int Code, int Before = int.MaxValue) : SimulatedOperation;

    /// <summary>From here on its health checks succeed, or fail.</summary>
    public sealed record BeWell(bool IsWell) : SimulatedOperation;

    /// <summary>From here on it uses so much.</summary>
    public sealed record Use(SimulatedUse Amount) : SimulatedOperation;

    /// <summary>Takes more memory than it may and is killed for it.</summary>
    public sealed record ExhaustMemory : SimulatedOperation;
}
