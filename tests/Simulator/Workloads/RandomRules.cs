using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Retries, time limits and limits of how many run at a time. Drawn from a stream of its own, so that the other draws are what they were.</summary>
internal static class RandomRules
{
    private const ulong Stream = 0x72756C65;

    /// <param name="number">Of who draws, so that each has a stream of its own.</param>
    public static SeededRandom Chance(ulong seed, int number) => new(seed ^ (Stream + (ulong)number));

    public static JobSpec Draw(SeededRandom random, JobSpec job) => job with
    {
        Timeout = random.Chance(0.1) ? random.Between(20, 300) : null,
        Tasks = [.. job.Tasks.Select(task => Pair(random, job, Draw(random, task)))],
    };

    /// <summary>Of the tasks that it depends on, some instance by instance. Nothing is asked of counts, so those with the same by chance are taken.</summary>
    private static JobTaskSpec Pair(SeededRandom random, JobSpec job, JobTaskSpec task)
    {
        var each = task.DependsOn.Where(name => job.Tasks.First(other => other.Name == name).Count == task.Count && random.Chance(0.7)).ToList();
        return task with { DependsOn = task.DependsOn.RemoveRange(each), DependsOnEach = [.. each] };
    }

    private static JobTaskSpec Draw(SeededRandom random, JobTaskSpec task)
    {
        if (random.Chance(0.6))
            task = task with { Retry = DrawRetry(random), Containers = [.. task.Containers.Select(container => Flaky(random, container))] };
        return task with
        {
            AttemptTimeout = random.Chance(0.3) ? random.Between(1, 40) : null,
            StartTimeout = random.Chance(0.2) ? random.Between(1, 20) : null,
            QueueTimeout = random.Chance(0.1) ? random.Between(5, 120) : null,
            Parallelism = random.Chance(0.3) ? random.Between(1, 3) : null,
        };
    }

    private static RetrySpec DrawRetry(SeededRandom random)
    {
        var retry = new RetrySpec { Attempts = random.Between(1, 5), Backoff = random.Between(0, 8), MaxBackoff = random.Between(1, 20) };
        return random.Below(3) switch
        {
            0 => retry with { RetryOn = [3, 7] },
            1 => retry with { FailOn = [3] },
            _ => retry,
        };
    }

    private static ContainerSpec Flaky(SeededRandom random, ContainerSpec container) =>
        container.Command is [.., "true"] or [.., "exit 1"] ? container with { Command = ["sh", "-c", $"sleep 1; exit 7 before {random.Between(2, 4)}"] } : container;
}
