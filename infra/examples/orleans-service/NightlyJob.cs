using OrleansCluster;

namespace NightlyReports;

/// <summary>The job of every night: two tasks collect, a third writes the report.</summary>
internal static class NightlyJob
{
    public static JobSpec Spec { get; } = new()
    {
        Name = "nightly",
        Tasks =
        [
            new JobTaskSpec { Name = "collect", Count = 2, Containers = [Container("sleep", "1")] },
            new JobTaskSpec { Name = "report", DependsOn = ["collect"], Containers = [Container("echo", "All is well.")] },
        ],
    };

    /// <summary>The id that a day's job gets.</summary>
    public static string IdOf(string day) => $"{Spec.Name}-{day}";

    /// <summary>The name of the task that writes a day's report, known before there is a job.</summary>
    public static string ReportOf(string day) => TaskId.Of(IdOf(day), "report", 0);

    private static ContainerSpec Container(params string[] command) => new()
    {
        Name = "main",
        Image = "ocs/busybox",
        Command = [.. command],
        Resources = new Resources(100, 16, 0),
    };
}
