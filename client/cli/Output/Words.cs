using System.Text.Json;
using Spectre.Console;

namespace OrleansCluster.Cli.Output;

/// <summary>States as the API spells them, and their colours.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonSerializer.SerializeToElement(value, ClusterJson.Options).GetString()!;

    public static Text Cell(JobStatus status) => new(Of(status), new Style(status switch
    {
        JobStatus.Succeeded => Color.Green,
        JobStatus.Failed => Color.Red,
        JobStatus.Running => Color.Blue,
        _ => Color.Yellow,
    }));

    public static Text Cell(TaskView task) => new(Of(task.State), new Style(task switch
    {
        { Succeeded: true } => Color.Green,
        { State: TaskState.Stopped } => Color.Red,
        { State: TaskState.Running } => Color.Blue,
        _ => Color.Yellow,
    }));

    /// <summary><c>-</c> where nothing is checked.</summary>
    public static Text Cell(HealthStatus? health) => health is not { } status ? new Text("-") : new Text(Of(status), new Style(status switch
    {
        HealthStatus.Healthy => Color.Green,
        HealthStatus.Unhealthy => Color.Red,
        _ => Color.Yellow,
    }));

    public static Text Cell(NodeStatus status) => new(Of(status), new Style(status switch
    {
        NodeStatus.Active => Color.Green,
        NodeStatus.Lost => Color.Red,
        _ => Color.Yellow,
    }));
}
