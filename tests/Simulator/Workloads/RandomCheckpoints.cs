using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Tasks that count, and go on from their checkpoints.</summary>
internal static class RandomCheckpoints
{
    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x63686563;
    private const string Directory = "/var/state";

    /// <summary>Seconds that all instances of a task count, one after another as they may have to: less than a run waits for what was begun.</summary>
    private const double LongestInAll = 400;

    /// <param name="number">Of who draws, so that each has a stream of its own.</param>
    public static SeededRandom Chance(ulong seed, int number) => new(seed ^ (Stream + (ulong)number));

    public static JobSpec Draw(SeededRandom random, JobSpec job) => job with { Tasks = [.. job.Tasks.Select(task => Draw(random, task))] };

    private static JobTaskSpec Draw(SeededRandom random, JobTaskSpec task)
    {
        if (!random.Chance(0.7))
            return task;
        var end = random.Below(4) == 0 ? "; exit 3" : "";
        var (steps, pause) = (random.Between(5, 60), random.Between(2, 15) / 10.0);
        var script = $"count {Directory} {Math.Min(steps, (int)(LongestInAll / (task.Count * pause)))} {pause:F1}{end}";
        return task with
        {
            Containers = task.Containers.SetItem(0, task.Containers[0] with { Command = ["sh", "-c", script] }),
            Checkpoint = new CheckpointSpec
            {
                Path = Directory,
                Container = task.Containers[0].Name,
                Interval = random.Below(3) == 0 ? 0 : random.Between(5, 15),
                Keep = random.Between(1, 3),
                Signal = random.Chance(0.3) ? "SIGUSR1" : null,
                Grace = random.Between(0, 5),
            },
        };
    }
}
