using System.Text.Json;
using OrleansCluster.Tests.Api.EndToEnd;
using OrleansCluster.Tests.Api.Http;

namespace OrleansCluster.Tests.Api.Cli;

/// <summary><c>ocs run</c> and scripts on a real silo, whose containers are simulated.</summary>
public sealed class RunTests : CliTest, IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-run-").FullName;
    private SimulatedSilo? _silo;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Time = TimeProvider.System;
        _silo = await SimulatedSilo.Start(_data);
        await _silo.Client.WaitForNode();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _silo!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        await DisposeAsync();
    }

    [Theory]
    [InlineData("echo hello; exit 0", 0)]
    [InlineData("echo hello; exit 42", 42)]
    public async Task Run_ToItsEnd_PrintsItsOutputAndEndsWithItsCode(string script, int exitCode)
    {
        var result = await OcsAsync("run", "app", "--", "sh", "-c", script);

        Assert.Equal((exitCode, "hello\n"), (result.ExitCode, result.Out));
    }

    [Fact]
    public async Task Run_Several_SaysWhoseLinesTheyAreAndEndsWithTheFirstFailure()
    {
        var result = await OcsAsync("run", "app", "--count", "2", "--", "sh", "-c", "echo hi; exit 5");

        Assert.Equal(5, result.ExitCode);
        Assert.Equal(["[0] hi", "[1] hi"], result.Out.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_Json_EndsWithADocumentThatHasTheExitCode()
    {
        var result = await OcsAsync("run", "app", "--json", "--", "sh", "-c", "echo hi; exit 3");

        var lines = result.Out.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(("hi", "stdout", 1), (lines[0].GetProperty("text").GetString(), lines[0].GetProperty("stream").GetString(), lines[0].GetProperty("attempt").GetInt32()));
        Assert.Equal(("FAILED", 3), (lines[^1].GetProperty("status").GetString(), lines[^1].GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task Run_ImageThatIsMissing_EndsWith126AndSaysWhy()
    {
        var result = await OcsAsync("run", "missing/image");

        Assert.Equal((126, ""), (result.ExitCode, result.Out));
        Assert.Contains("TaskFailedToStart: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("No such image: missing/image", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MoreThanAnyNodeHas_SaysWhyItWaitsAndStopsOnInterruption()
    {
        using var interruption = new CancellationTokenSource();
        var output = new StringWriter();
        var running = RunAsync(output, interruption.Token, [.. Arguments("run", "app", "--name", "big", "--memory", "1048576")]);
        var job = await WaitForJob("is queued", view => view.Tasks[0].Queued == 1);
        await Poll.Until("an explanation", async () => (await OcsAsync("explain", $"{job}.main.0")).Out.Contains("will not help", StringComparison.Ordinal));

        await interruption.CancelAsync();
        var (exitCode, error) = await running;

        Assert.Equal((130, ""), (exitCode, output.ToString()));
        Assert.EndsWith($"ocs: Interrupted. Job {job} is STOPPED.\n", error, StringComparison.Ordinal);
        Assert.True((await _silo!.Client.Jobs.GetAsync(job)).HasEnded);
    }

    [Fact]
    public async Task Run_WaitsForANode_TellsTheReasonOnStderr()
    {
        using var interruption = new CancellationTokenSource();
        var error = new SignalingWriter("insufficient memory");
        var running = RunWithErrorAsync(error, interruption.Token, [.. Arguments("run", "app", "--memory", "1048576")]);

        await error.Seen.WaitAsync(TimeSpan.FromSeconds(60));
        await interruption.CancelAsync();

        Assert.Equal(130, await running);
    }

    [Fact]
    public async Task Run_InterruptedWhileItRuns_LeavesNothing()
    {
        using var interruption = new CancellationTokenSource();
        var output = new StringWriter();
        var running = RunAsync(output, interruption.Token, [.. Arguments("run", "app", "--name", "long", "--", "sleep", "600")]);
        var job = await WaitForJob("runs", view => view.Tasks[0].Running == 1);

        await interruption.CancelAsync();

        Assert.Equal(130, (await running).ExitCode);
        Assert.Equal(JobStatus.Stopped, (await _silo!.Client.Jobs.GetAsync(job)).Status);
        await Poll.Until("an empty node", async () => (await _silo.Client.Nodes.GetAsync("node")).TaskCount == 0);
    }

    [Fact]
    public async Task Run_DefinitionWithOverrides_RunsWhatTheyMakeOfIt()
    {
        await _silo!.Client.TaskDefinitions.RegisterAsync(new TaskDefinitionSpec { Family = "report", Containers = [Specs.Container(["exit", "1"]) with { Environment = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("A", "1") }] });

        var result = await OcsAsync("run", "--definition", "report", "--name", "monthly", "--count", "2", "--memory", "80", "--env", "B=2", "--", "exit", "9");

        Assert.Equal(9, result.ExitCode);
        var definition = await _silo.Client.TaskDefinitions.GetAsync("monthly-main", revision: 1);
        Assert.Equal(["A", "B"], definition.Containers[0].Environment.Keys);
        Assert.Equal(new Resources(100, 80, 0), definition.Containers[0].Resources);
        var task = (await _silo.Client.Tasks.ListAsync(jobId: null, state: null).ToListAsync())[0];
        Assert.Equal(("monthly-main:1", "family:report", new Resources(100, 80, 0)), (task.Definition, task.Group, task.Resources));
    }

    [Fact]
    public async Task Submit_OverridesThatDoNotFitTheDefinition_AreRefusedWithTheirLines()
    {
        await _silo!.Client.TaskDefinitions.RegisterAsync(new TaskDefinitionSpec { Family = "report", Containers = [Specs.Container(["true"])] });
        var file = WriteFile("bad.yaml", """
            name: bad
            tasks:
              - name: a
                definition: report
                overrides:
                  - { name: mian, cpu: 5 }
            """);

        var result = await OcsAsync("job", "submit", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:6:11: /tasks/0/overrides/0/name: 'mian' is no container of report:1; did you mean 'main'?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_Script_RunsItsTextAndTellsTheClustersFaultsWithItsLines()
    {
        var good = WriteFile("good.sh", "#!/bin/sh\n#OCS --image=app --count=2\n\nexit 0\n");
        var bad = WriteFile("bad.sh", "#!/bin/sh\n# what the cluster alone can judge\n#OCS --image='a b'\n#OCS --priority=101 --constraint='nonsense'\nexit 0\n");

        var watched = await OcsAsync("job", "submit", good, "--watch");
        var refused = await OcsAsync("job", "submit", bad);

        Assert.Equal((0, ""), (watched.ExitCode, watched.Error));
        Assert.Contains("main: 2/2 succeeded", watched.Out, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        foreach (var place in (string[])["3:6: /tasks/0/containers/0/image: ", "4:6: /priority: ", "4:21: /tasks/0/placementConstraints/0/expression: "])
            Assert.Contains($"{bad}:{place}", refused.Error, StringComparison.Ordinal);
    }

    private async Task<string> WaitForJob(string what, Func<JobView, bool> condition)
    {
        JobView? found = null;
        await Poll.Until($"a job that {what}", async () => (found = await _silo!.Client.Jobs.ListAsync(status: null).FirstOrDefaultAsync()) is not null && condition(found));
        return found!.Id;
    }

    private Task<CliResult> OcsAsync(params string[] args) => RunAsync(Arguments(args));

    /// <summary>Before what is the container's.</summary>
    private string[] Arguments(params string[] args)
    {
        var end = Array.IndexOf(args, "--");
        return end < 0 ? [.. args, "--address", $"{_silo!.Address}"] : [.. args[..end], "--address", $"{_silo!.Address}", .. args[end..]];
    }
}
