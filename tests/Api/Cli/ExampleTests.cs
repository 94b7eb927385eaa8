using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansCluster.Grains.Services;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

/// <summary>The files in <c>infra/examples</c> are good, and the word count counts words.</summary>
public sealed class ExampleTests : CliTest
{
    private const string Text = "/usr/share/common-licenses";

    private static string Folder { get; } = FindFolder();

    /// <summary>All but teams.</summary>
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Where(file => file != Teams)];

    private const string Teams = "teams.yaml";
    private static readonly string[] _services = ["autoscaling.yaml", "canary.yaml", "hooks.yaml", "web-service.yaml"];

    [Fact]
    public async Task Apply_ExampleOfTeams_HasNoFaults()
    {
        Cluster.OnJson("PUT /v1/teams", new Page<TeamView> { Items = [] });

        var result = await RunAsync("team", "apply", Path.Combine(Folder, Teams));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["research", "genomics", "imaging", "web"], JsonSerializer.Deserialize<TeamSet>(Cluster.Requests.Single().Body, ClusterJson.Options)!.Teams.Select(team => team.Name));
        Assert.StartsWith("# yaml-language-server: $schema=../schemas/teams.schema.json", await File.ReadAllTextAsync(Path.Combine(Folder, Teams)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Submit_Example_HasNoFaults(string file)
    {
        var kind = file == "schedule.yaml" ? "schedule" : _services.Contains(file) ? "service" : "job";
        Cluster.OnJson("POST /v1/jobs", Samples.Job("x", JobStatus.Running), 201);
        Cluster.OnJson("PUT /v1/schedules/nightly", Samples.Schedule("nightly"));

        Cluster.OnJson("PUT /v1/services/web", Samples.Service());
        Cluster.OnJson("PUT /v1/services/canary", Samples.Service());
        Cluster.OnJson("PUT /v1/services/shop", Samples.Service());
        Cluster.OnJson("PUT /v1/services/worker", Samples.Service());

        var result = await RunAsync(kind, kind switch { "job" => "submit", "service" => "create", _ => "apply" }, Path.Combine(Folder, file));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        if (kind == "service")
            Assert.Empty(ServiceValidator.Validate(JsonSerializer.Deserialize<ServiceSpec>(Cluster.Requests.Single().Body, ClusterJson.Options)));
        Assert.StartsWith($"# yaml-language-server: $schema=../schemas/{kind}.schema.json", await File.ReadAllTextAsync(Path.Combine(Folder, file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ScriptExample_IsAJobOfItsOptionsAndItsText()
    {
        Cluster.OnJson("POST /v1/jobs", Samples.Job("x", JobStatus.Running), 201);

        var result = await RunAsync("job", "submit", Path.Combine(Folder, "script.sh"));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var job = JsonDocument.Parse(Cluster.Requests.Single().Body).RootElement;
        Assert.Equal("squares", job.GetProperty("name").GetString());
        var output = await RunScriptAsync(job.GetProperty("tasks")[0], Path.GetTempPath(), 3);
        Assert.Equal("3 squared is 9\n", output);
    }

    [Fact]
    public async Task Wordcount_RunByBusybox_CountsAsADirectCountDoes()
    {
        Cluster.OnJson("POST /v1/jobs", Samples.Job("x", JobStatus.Running), 201);
        await RunAsync("job", "submit", Path.Combine(Folder, "wordcount.yaml"));
        var tasks = JsonDocument.Parse(Cluster.Requests.Single().Body).RootElement.GetProperty("tasks");
        var work = Directory.CreateTempSubdirectory("ocs-wordcount-").FullName;
        try
        {
            await RunScriptAsync(tasks[0], work, 0);
            await Task.WhenAll(Enumerable.Range(0, tasks[1].GetProperty("count").GetInt32()).Select(index => RunScriptAsync(tasks[1], work, index)));
            var merged = await RunScriptAsync(tasks[2], work, 0);

            Assert.Equal(await CountAsync(), merged.TrimEnd().Split('\n'));
            Assert.Empty(Directory.GetFileSystemEntries(work));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<string> RunScriptAsync(JsonElement task, string work, int index)
    {
        var command = task.GetProperty("containers")[0].GetProperty("command").EnumerateArray().Select(word => word.GetString()!);
        var start = new ProcessStartInfo("busybox", command) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (task.GetProperty("containers")[0].TryGetProperty("environment", out var variables))
        {
            foreach (var variable in variables.EnumerateObject())
                start.Environment[variable.Name] = variable.Value.GetString();
        }

        start.Environment["TEXT"] = Text;
        start.Environment["WORK"] = work;
        start.Environment["OCS_JOB_ID"] = "wordcount-1";
        start.Environment["OCS_TASK_INDEX"] = index.ToString();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{task.GetProperty("name")} {index} ended with {process.ExitCode}: {await error}");
        return output;
    }

    private static async Task<IEnumerable<string>> CountAsync()
    {
        var words = new Dictionary<string, int>();
        foreach (var file in Directory.GetFiles(Text))
        {
            foreach (Match word in Regex.Matches(await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1), "[A-Za-z]+"))
                words[word.Value.ToLowerInvariant()] = words.GetValueOrDefault(word.Value.ToLowerInvariant()) + 1;
        }

        return words.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(10).Select(word => $"{word.Value} {word.Key}");
    }

    private static string FindFolder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "OrleansCluster.sln")))
            at = at.Parent;
        return Path.Combine(at?.FullName ?? throw new InvalidOperationException("No OrleansCluster.sln above the tests."), "infra", "examples");
    }
}
