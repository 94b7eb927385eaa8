namespace OrleansCluster.Tests.Simulation.Api;

/// <summary>Jobs of one task for the tests beside this.</summary>
internal static class Specs
{
    public static Resources Node { get; } = new(4000, 8192, 0);

    public static JobSpec Job(string script, int count = 1, int cpu = 500) => new()
    {
        Name = "job",
        Tasks = [new JobTaskSpec { Name = "work", Count = count, Containers = [Container(script, cpu)] }],
    };

    public static ContainerSpec Container(string script, int cpu = 500) =>
        new() { Name = "main", Image = "app", Command = ["sh", "-c", script], Resources = new Resources(cpu, 64, 0) };
}
