using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>What holds for a task's time limits and its retries.</summary>
internal static class TaskRuleChecks
{
    private const int LargestExitCode = 255;

    /// <param name="path">Of the job's task.</param>
    public static void Check(FaultList faults, string path, JobTaskSpec task)
    {
        CheckTime($"{path}/attemptTimeout", task.AttemptTimeout, SpecLimits.LongestTime);
        CheckTime($"{path}/startTimeout", task.StartTimeout, SpecLimits.LongestStart);
        CheckTime($"{path}/queueTimeout", task.QueueTimeout, SpecLimits.LongestTime);
        if (task.Retry is { } retry)
            Check(faults, $"{path}/retry", retry);

        void CheckTime(string at, int? seconds, int longest)
        {
            if (seconds is { } value)
                faults.CheckRange(at, value, 1, longest);
        }
    }

    private static void Check(FaultList faults, string path, RetrySpec retry)
    {
        faults.CheckRange($"{path}/attempts", retry.Attempts, 1, SpecLimits.AttemptsPerTask);
        faults.CheckRange($"{path}/backoff", retry.Backoff, 0, SpecLimits.LongestBackoff);
        faults.CheckRange($"{path}/maxBackoff", retry.MaxBackoff, 0, SpecLimits.LongestStart);
        CheckCodes(faults, $"{path}/retryOn", retry.RetryOn);
        CheckCodes(faults, $"{path}/failOn", retry.FailOn);
        for (var i = 0; !retry.FailOn.IsDefault && i < Math.Min(retry.FailOn.Length, SpecLimits.CodesPerTask); i++)
        {
            if (!retry.RetryOn.IsDefault && retry.RetryOn.Contains(retry.FailOn[i]))
                faults.Add($"{path}/failOn/{i}", $"{retry.FailOn[i]} is in retryOn, too: expected it in one of them");
        }
    }

    private static void CheckCodes(FaultList faults, string path, ImmutableArray<int> codes)
    {
        if (codes.IsDefault)
            return;
        if (codes.Length > SpecLimits.CodesPerTask)
            faults.Add(path, $"{codes.Length} entries are too many: expected at most {SpecLimits.CodesPerTask}");
        for (var i = 0; i < Math.Min(codes.Length, SpecLimits.CodesPerTask); i++)
            faults.CheckRange($"{path}/{i}", codes[i], 1, LargestExitCode);
    }
}
