using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one callback to the next.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks may run while other calls of the grain wait for something.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether callbacks keep the idle collector away.</summary>
    public bool KeepAlive { get; init; }
}
