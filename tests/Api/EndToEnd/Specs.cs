namespace OrleansCluster.Tests.Api.EndToEnd;

internal static class Specs
{
    public static JobSpec Job(string name, params JobTaskSpec[] tasks) => new() { Name = name, Tasks = [.. tasks] };

    public static JobTaskSpec Task(string name, int count = 1, string[]? dependsOn = null, int memory = 64, params string[] command) => new()
    {
        Name = name,
        Count = count,
        DependsOn = [.. dependsOn ?? []],
        Containers = [Container(command.Length == 0 ? ["true"] : command, memory)],
    };

    public static ContainerSpec Container(string[] command, int memory = 64) => new()
    {
        Name = "main",
        Image = "ocs/busybox",
        Command = [.. command],
        Resources = new Resources(100, memory, 0),
        StopTimeout = 1,
    };
}
