namespace OrleansCluster.Grains.Tasks;

/// <summary>What a task's rules say of a failed attempt. Pure: chance comes from the task's id.</summary>
internal static class RetryPolicy
{
    /// <param name="failures">Of its own doing, this one among them.</param>
    /// <param name="exitCode"><see langword="null"/> where it has none: it failed to start, or ran into a time limit.</param>
    public static bool IsWorthRetrying(RetrySpec retry, int failures, StopCode code, int? exitCode) =>
        failures < retry.Attempts
        && code is StopCode.EssentialContainerExited or StopCode.TaskFailedToStart or StopCode.TimedOut
        && (exitCode is not { } exit || (!retry.FailOn.Contains(exit) && (retry.RetryOn.IsEmpty || retry.RetryOn.Contains(exit))));

    /// <summary>Doubled with each failure up to the longest wait, and then cut by chance to something between half of it and all of it.</summary>
    public static TimeSpan WaitBefore(RetrySpec retry, int failures, ulong seed)
    {
        var whole = Math.Min(retry.MaxBackoff, retry.Backoff * Math.Pow(2, failures - 1));
        var chance = Mix(seed + (ulong)failures) / (double)ulong.MaxValue;
        return TimeSpan.FromSeconds(whole * (0.5 + (0.5 * chance)));
    }

    // SplitMix64's last steps: neighbouring seeds give unrelated numbers.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
