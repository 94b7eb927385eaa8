using Microsoft.Extensions.Logging;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Grains.Runtime;

/// <summary>
/// Runs the body of a background loop again and again until it is cancelled. An exception never ends a loop: it is logged, counted, and
/// answered by a pause that doubles up to a cap and starts over after the next success.
/// </summary>
public sealed partial class LoopRunner(TimeProvider clock, LoopInstruments instruments, ILogger<LoopRunner> logger)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    /// <summary>Returns once <paramref name="stopping"/> is cancelled; the body paces itself.</summary>
    /// <param name="kind">One of a few words: failures are counted by it.</param>
    /// <param name="of">Whose loop it is, for the log.</param>
    public async Task Run(string kind, string of, Func<CancellationToken, Task> body, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await body(stopping);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                failures++;
                instruments.Failed(kind);
                LogFailure(logger, exception, kind, of, failures);
                await Pause(failures, stopping);
            }
        }
    }

    private async Task Pause(int failures, CancellationToken stopping)
    {
        var pause = s_firstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        try
        {
            await Task.Delay(pause < s_longestPause ? pause : s_longestPause, clock, stopping);
        }
        catch (OperationCanceledException)
        {
            // The caller's loop sees the token.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Loop {Loop} of {Of} failed ({Failures} in a row) and goes on")]
    private static partial void LogFailure(ILogger logger, Exception exception, string loop, string of, int failures);
}
