using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Benchmarks.Workflows.Jobs;

/// <summary>A workflow as a job: a task for each of its tasks, which waits for its parents and then sleeps for as long as it ran, divided by k.</summary>
internal static class WorkflowJob
{
    public const string Container = "main";

    /// <summary>MiB; enough for sleep.</summary>
    public const int MemoryOfTask = 8;
    private const int MillicoresOfCore = 1000;

    public static JobSpec Of(Workflow workflow, double k, string image)
    {
        var names = TaskNames.Of([.. workflow.Tasks.Select(task => task.Id)]);
        return new JobSpec
        {
            Name = TaskNames.Of(workflow.Name, "wf"),
            Tasks = [.. workflow.Tasks.Select((task, index) => Of(task, names[index], [.. task.Parents.Select(parent => names[parent])], k, image))],
        };
    }

    public static int Millicores(double cores) => (int)Math.Ceiling(Math.Round(cores * MillicoresOfCore, 3));

    private static JobTaskSpec Of(WorkflowTask task, string name, ImmutableArray<string> parents, double k, string image) => new()
    {
        Name = name,
        DependsOn = parents,

        // Sleeps need no network of their own, which costs half of what it takes to start a container.
        Network = NetworkMode.Host,
        Containers =
        [
            new ContainerSpec
            {
                Name = Container,
                Image = image,
                Command = ["sleep", (task.RuntimeSeconds / k).ToString("0.######", CultureInfo.InvariantCulture)],
                Resources = new Resources(Millicores(task.Cores), MemoryOfTask, 0),
            },
        ],
    };
}
