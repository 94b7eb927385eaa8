using OrleansCluster.Benchmarks.Workflows;
using OrleansCluster.Benchmarks.Workflows.Format;

namespace OrleansCluster.Tests.Unit.Workflows;

/// <summary>Workflow files of tests.</summary>
internal static class Wf
{
    public static WorkflowSettings Settings { get; } = new(K: 10, Cores: null, WorkflowRuntime.Simulated, Rounds: 1, "ocs/busybox", Emit: null);

    public static Task<WfFile> ReadDiamond() => WfFile.Read(new FileInfo(Path.Combine(AppContext.BaseDirectory, "Workflows", "diamond.json")), CancellationToken.None);

    public static async Task<WfFile> Read(string json)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, json);
            return await WfFile.Read(new FileInfo(path), CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A file with these tasks and this execution.</summary>
    public static Task<WfFile> Read(string tasks, string execution) =>
        Read($$$"""{"name":"w","schemaVersion":"1.5","workflow":{"specification":{"tasks":{{{tasks}}}},"execution":{{{execution}}}}}""");
}
