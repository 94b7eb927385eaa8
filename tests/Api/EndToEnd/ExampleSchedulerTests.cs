using System.Diagnostics;
using System.Reflection;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>The schedulers of <c>infra/examples</c>, as their README starts them, each a process of its own.</summary>
public sealed class ExampleSchedulerTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-example-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Schedulers_InCSharpAndPython_RunTheirTasksBesideOneAnother()
    {
        Assert.SkipUnless(File.Exists(Python), $"There is no {Python}.");
        await using var silo = await Start();

        var outputs = await System.Threading.Tasks.Task.WhenAll(
            Run("dotnet", "exec", Metadata("SchedulerExample"), silo.Address.ToString(), "15"),
            Run(Python, Metadata("SchedulerScript"), silo.Address.ToString(), "15"));

        Assert.All(outputs, lines => Assert.Matches("^15 tasks have ended, 0 of them badly; [0-9]+ were placed anew\\.$", lines[^1]));
        Assert.All(outputs, lines => Assert.Equal(["node-1", "node-2", "node-3"], lines.Where(line => line.Contains("unning", StringComparison.OrdinalIgnoreCase)).Select(line => line.Split(' ')[^1]).Distinct().Order(StringComparer.Ordinal)));
        await Poll.Until("both are gone", async () => !await silo.Client.Frameworks.ListAsync().AnyAsync());
    }

    [Fact]
    public async Task Scheduler_InPython_WaitsForRoomAndGoesOnAfterItself()
    {
        Assert.SkipUnless(File.Exists(Python), $"There is no {Python}.");
        await using var silo = await Start();

        // All but one task's room is taken, until the job is over.
        var job = await silo.Client.Jobs.SubmitAsync(Job("full", Task("main", 3, command: ["sleep", "3"]) with { Containers = [Container(["sleep", "3"]) with { Resources = new Resources(3900, 64, 0) }] }));
        await silo.Client.WaitFor(job.Id, "runs", one => one.Tasks[0].Running == 3);

        var lines = await Run(Python, Metadata("SchedulerScript"), silo.Address.ToString(), "3");

        Assert.StartsWith("3 tasks have ended, 0 of them badly", lines[^1], StringComparison.Ordinal);
    }

    private async Task<SimulatedSilo> Start()
    {
        var silo = await SimulatedSilo.Start(_data, "--nodes", "3");
        await Poll.Until("three nodes have joined", async () => (await silo.Client.Nodes.GetAllAsync()).Items.Count(node => node.Status == NodeStatus.Active) == 3);
        return silo;
    }

    private static string Metadata(string name) => typeof(ExampleSchedulerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;

    private static async Task<string[]> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await error}");
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
