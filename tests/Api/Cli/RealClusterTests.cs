using System.Text.Json;
using OrleansCluster.Tests.Api.EndToEnd;
using OrleansCluster.Tests.Api.Http;

namespace OrleansCluster.Tests.Api.Cli;

/// <summary><c>ocs</c> against a real silo, whose containers are simulated.</summary>
public sealed class RealClusterTests : CliTest, IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-cli-silo-").FullName;
    private SimulatedSilo? _silo;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _silo = await SimulatedSilo.Start(_data);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _silo!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        await DisposeAsync();
    }

    [Fact]
    public async Task Submit_TwoTasksInARow_AreWatchedToTheirEndAndListed()
    {
        var file = WriteFile("two.yaml", """
            name: two
            tasks:
              - name: first
                count: 2
                containers: [{ name: main, image: ocs/busybox, command: ["true"], resources: { cpu: 100, memory: 16 } }]
              - name: second
                dependsOn: [first]
                containers: [{ name: main, image: ocs/busybox, command: ["true"], resources: { cpu: 100, memory: 16 } }]
            """);

        var watched = await OcsAsync("job", "submit", file, "--watch");
        var jobs = await OcsAsync("job", "list", "--json");

        Assert.Equal((0, ""), (watched.ExitCode, watched.Error));
        Assert.Contains("second: 1/1 succeeded", watched.Out, StringComparison.Ordinal);
        var id = JsonDocument.Parse(jobs.Out).RootElement.GetProperty("items")[0].GetProperty("id").GetString()!;
        var tasks = await OcsAsync("task", "list", "--job", id);
        Assert.Matches($@"\n{id}\.second\.0 +STOPPED +node +0 ", tasks.Out);
        Assert.Equal(0, (await OcsAsync("task", "show", $"{id}.first.1")).ExitCode);
        Assert.Equal(0, (await OcsAsync("task", "logs", $"{id}.first.1", "--follow")).ExitCode);
    }

    [Fact]
    public async Task Plan_ShowsNodes_AndItsFileIsSubmittedOnceAndThenNoMore()
    {
        var file = WriteFile("planned.yaml", """
            name: planned
            tasks:
              - name: first
                count: 3
                containers: [{ name: main, image: ocs/busybox, command: ["true"], resources: { cpu: 100, memory: 16 } }]
              - name: second
                dependsOn: [first]
                containers: [{ name: main, image: ocs/busybox, command: ["true"], resources: { cpu: 100, memory: 16 } }]
            """);
        var (plan, stale) = (Path.Combine(_data, "plan.json"), Path.Combine(_data, "stale.json"));

        await Poll.Until("the node has joined", async () => (await OcsAsync("node", "list")).Out.Contains("ACTIVE", StringComparison.Ordinal));
        var shown = await OcsAsync("job", "plan", file, "--out", plan);
        await OcsAsync("job", "plan", file, "--out", stale);
        var submitted = await OcsAsync("job", "submit", "--plan", plan, "--watch");
        var again = await OcsAsync("job", "submit", "--plan", plan, "--json");
        var refused = await OcsAsync("job", "submit", "--plan", stale);

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Matches(@"\nfirst +3 +node *\n", shown.Out);
        Assert.Matches(@"\nsecond +1 +- +starts after first\n", shown.Out);
        Assert.EndsWith($"Submit it, exactly so or not at all: ocs job submit --plan {plan}\n", shown.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (submitted.ExitCode, submitted.Error));
        Assert.Equal("SUCCEEDED", JsonDocument.Parse(again.Out).RootElement.GetProperty("status").GetString());
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains($"{stale}:1:", refused.Error, StringComparison.Ordinal);
        Assert.Contains("/placements/0: node node has changed since", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_FileAndPlanOrNeitherOrAPlanWithAKey_IsBadUsage()
    {
        foreach (var arguments in (string[][])[[], ["a.yaml", "--plan", "b.json"], ["--plan", "b.json", "--idempotency-key", "k"]])
        {
            var result = await OcsAsync(["job", "submit", .. arguments]);

            Assert.Equal((2, ""), (result.ExitCode, result.Out));
            Assert.Contains("lan", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Submit_FaultsThatOnlyTheClusterFinds_HaveLines()
    {
        var file = WriteFile("bad.yaml", """
            name: bad
            tasks:
              - name: a
                count: 0
                dependsOn: [b, nobody]
                containers: [{ name: main, image: "a b", resources: { cpu: 0, memory: 16 } }]
              - name: b
                dependsOn: [a]
                containers: [{ name: main, image: ocs/busybox, resources: { cpu: 100, memory: 16 } }]
            """);

        var result = await OcsAsync("job", "submit", file);

        Assert.Equal(2, result.ExitCode);
        foreach (var place in (string[])["4:5: /tasks/0/count: ", "5:20: /tasks/0/dependsOn/1: ", "6:32: /tasks/0/containers/0/image: ", "6:59: /tasks/0/containers/0/resources/cpu: "])
            Assert.Contains($"{file}:{place}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_Placement_IsShownAndItsFaultsHaveLinesAndColumns()
    {
        const string Good = """
            name: placed
            tasks:
              - name: a
                placementConstraints:
                  - { type: memberOf, expression: "attribute:zone == a" }
                  - { type: distinctInstance }
                placementStrategy: [{ type: spread, field: "attribute:zone" }, { type: binpack, field: memory }]
                containers: [{ name: main, image: ocs/busybox, command: ["true"], resources: { cpu: 100, memory: 16 } }]
            """;
        var good = WriteFile("good.yaml", Good);
        var bad = WriteFile("bad.yaml", Good.Replace("== a", "= a", StringComparison.Ordinal).Replace("field: memory", "field: disk", StringComparison.Ordinal));

        var refused = await OcsAsync("job", "submit", bad);
        var id = JsonDocument.Parse((await OcsAsync("job", "submit", good, "--json")).Out).RootElement.GetProperty("id").GetString();
        var job = await OcsAsync("job", "show", $"{id}");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"{bad}:5:27: /tasks/0/placementConstraints/0/expression: column 16: '=' found; expected one of ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("/tasks/0/placementStrategy/1/field: 'disk' found; expected cpu or memory", refused.Error, StringComparison.Ordinal);
        Assert.Matches(@"\na +spread\(attribute:zone\), then binpack\(memory\) +memberOf\(attribute:zone == a\) and distinctInstance", job.Out);
        await Poll.Until("an explanation that names the constraint", async () =>
            (await OcsAsync("explain", $"{id}.a.0")).Out.Contains("not matching `attribute:zone == a`", StringComparison.Ordinal));
        Assert.Matches(@"Constraints +memberOf\(attribute:zone == a\) and distinctInstance", (await OcsAsync("task", "show", $"{id}.a.0")).Out);
        Assert.Equal(0, (await OcsAsync("job", "stop", $"{id}")).ExitCode);
    }

    [Fact]
    public async Task Explain_MoreMemoryThanAnyNodeHas_SaysThatWaitingWillNotHelp()
    {
        var file = WriteFile("big.yaml", """
            name: big
            tasks:
              - name: big
                containers: [{ name: main, image: ocs/busybox, command: ["true"], resources: { cpu: 100, memory: 1048576 } }]
            """);
        var submitted = await OcsAsync("job", "submit", file, "--json");
        var id = JsonDocument.Parse(submitted.Out).RootElement.GetProperty("id").GetString();

        await Poll.Until("an explanation of the big task", async () =>
            (await OcsAsync("explain", $"{id}.big.0")).Out.Contains("Waiting will not help", StringComparison.Ordinal));

        Assert.Equal(0, (await OcsAsync("job", "stop", $"{id}")).ExitCode);
        Assert.Equal(1, (await OcsAsync("job", "watch", $"{id}")).ExitCode);
    }

    [Fact]
    public async Task NodeShowAndEvents_RealCluster_AreRead()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var item in _silo!.Client.Events.ReadAsync(0, jobId: null, patience.Token))
        {
            if (item.Type.StartsWith("node.", StringComparison.Ordinal)) break;
        }

        await Poll.Until("the node", async () => (await OcsAsync("node", "show", "node")).ExitCode == 0);
    }

    private Task<CliResult> OcsAsync(params string[] args) => RunAsync([.. args, "--address", $"{_silo!.Address}"]);
}
