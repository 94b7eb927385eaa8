namespace Orleans.Runtime;

/// <summary>A grain's timer; disposing it also cancels the token of a callback that runs.</summary>
public interface IGrainTimer : IDisposable
{
    /// <param name="dueTime">Time to the next callback; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">Time from the end of one callback to the next; <see cref="Timeout.InfiniteTimeSpan"/> for once only.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
