using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>
/// Tasks that name a definition in place of their containers. It has another command, other amounts and another value of a variable, and overrides set each right:
/// where one is left out, a container hangs that should end, or claims what it should not.
/// </summary>
internal static class RandomOverrides
{
    private const double DefinitionShare = 0.6;
    private const string Variable = "OVERRIDDEN";

    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x6F766572;

    /// <param name="number">Of who draws, so that each has a stream of its own.</param>
    public static SeededRandom Chance(ulong seed, int number) => new(seed ^ (Stream + (ulong)number));

    /// <returns>The job, and the definitions that have to be registered before it.</returns>
    public static (JobSpec Spec, List<TaskDefinitionSpec> Definitions) Draw(SeededRandom random, string jobId, JobSpec job)
    {
        var definitions = new List<TaskDefinitionSpec>();
        return (job with { Tasks = [.. job.Tasks.Select(task => random.Chance(DefinitionShare) ? Draw(jobId, task, definitions) : task)] }, definitions);
    }

    private static JobTaskSpec Draw(string jobId, JobTaskSpec task, List<TaskDefinitionSpec> definitions)
    {
        var definition = new TaskDefinitionSpec
        {
            Family = $"{jobId}-{task.Name}-base",
            Containers = [.. task.Containers.Select(Spoil)],
            Volumes = task.Volumes,
            Network = task.Network,
            Checkpoint = task.Checkpoint,
            OnDisconnect = task.OnDisconnect,
        };
        definitions.Add(definition);
        return task with { Definition = definition.Family, Containers = [], Volumes = [], Network = default, Checkpoint = null, OnDisconnect = default, Overrides = [.. task.Containers.Select(ToOverride)] };
    }

    private static ContainerSpec Spoil(ContainerSpec container) => container with
    {
        Command = ["sh", "-c", "sleep 10000000"],
        Resources = container.Resources with { Cpu = 1, Memory = 1 },
        Environment = container.Environment.SetItem(Variable, "no"),
    };

    private static ContainerOverride ToOverride(ContainerSpec container) => new()
    {
        Name = container.Name,
        Command = container.Command,
        Environment = container.Environment.SetItem(Variable, "yes"),
        Cpu = container.Resources.Cpu,
        Memory = container.Resources.Memory,
    };
}
