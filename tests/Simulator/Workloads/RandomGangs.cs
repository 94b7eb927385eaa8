using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Tasks whose instances start together. As many of them as fit on the smallest cluster, within any team's maximum, so that all work ends.</summary>
internal static class RandomGangs
{
    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x67616E67;
    private const int MostInstances = 4;

    /// <param name="number">Of who draws, so that each has a stream of its own.</param>
    public static SeededRandom Chance(ulong seed, int number) => new(seed ^ (Stream + (ulong)number));

    public static JobSpec Draw(SeededRandom random, JobSpec job)
    {
        var isFirst = true;
        return job with { Tasks = [.. job.Tasks.Select(DrawTask)] };

        JobTaskSpec DrawTask(JobTaskSpec task)
        {
            if (!random.Chance(0.6))
                return task with { DependsOn = [.. task.DependsOn, .. task.DependsOnEach], DependsOnEach = [] };
            var gang = Draw(random, task);
            if (isFirst && random.Chance(0.4))
                gang = Lasting(random, gang);
            isFirst = false;
            return gang;
        }
    }

    private static JobTaskSpec Draw(SeededRandom random, JobTaskSpec task)
    {
        var isApart = task.PlacementConstraints.Any(constraint => constraint.Type == PlacementConstraintType.DistinctInstance);
        return task with
        {
            Gang = true,
            Count = isApart ? 2 : random.Between(2, MostInstances),
            Parallelism = null,
            DependsOn = [.. task.DependsOn, .. task.DependsOnEach],
            DependsOnEach = [],
            PlacementConstraints = isApart ? task.PlacementConstraints.RemoveAll(constraint => constraint.Type == PlacementConstraintType.MemberOf) : task.PlacementConstraints,
            Retry = task.Retry ?? (random.Chance(0.8) ? new RetrySpec { Attempts = random.Between(2, 5), Backoff = random.Between(0, 5), MaxBackoff = 10 } : null),
            Containers = [.. task.Containers.Select((container, i) => container with
            {
                Ports = [],
                Gpu = null,
                Amounts = container.Amounts.Clear(),
                Resources = new Resources(100 * (i == 0 ? random.Between(1, 3) : 1), 64, 0),
            })],
        };
    }

    /// <summary>
    /// Long enough to be seen going on by itself where the others have been ended. One container: of two, the first that ended would have the other one killed, and the attempt fail, as often as
    /// it may.
    /// </summary>
    private static JobTaskSpec Lasting(SeededRandom random, JobTaskSpec task) => task with
    {
        AttemptTimeout = null,
        Containers = [task.Containers[0] with { DependsOn = [], Command = ["sh", "-c", $"sleep {random.Between(80, 140)}"] }],
        Checkpoint = null,
    };
}
