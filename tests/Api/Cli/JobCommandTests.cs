using System.Text.Json;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class JobCommandTests : CliTest
{
    private const string Job = """
        name: hello
        tasks:
          - name: hello
            containers:
              - { name: hello, image: ocs/busybox, command: [sleep, 5], resources: { cpu: 100, memory: 16 } }
        """;

    [Fact]
    public async Task Submit_Yaml_SendsItsJsonWithAKeyAndPrintsTheId()
    {
        Cluster.OnJson("POST /v1/jobs", Samples.Job("hello-1", JobStatus.Running), 201);

        var result = await RunAsync("job", "submit", WriteFile("hello.yaml", Job));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("Job hello-1 accepted: 4 tasks. Watch it: ocs job watch hello-1\n", result.Out);
        var request = Assert.Single(Cluster.Requests);
        Assert.Equal("key-1", request.IdempotencyKey);
        Assert.Equal(
            """{"name":"hello","tasks":[{"name":"hello","containers":[{"name":"hello","image":"ocs/busybox","command":["sleep","5"],"resources":{"cpu":100,"memory":16}}]}]}""",
            request.Body);
    }

    [Fact]
    public async Task Submit_FromStdinWithKeyAndCluster_SendsBoth()
    {
        Input = Job;
        Cluster.OnJson("POST /v1/jobs", Samples.Job("hello-1", JobStatus.Running), 201);

        var result = await RunAsync("job", "submit", "-", "--idempotency-key", "mine", "--cluster", "blue", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("hello-1", JsonDocument.Parse(result.Out).RootElement.GetProperty("id").GetString());
        Assert.Equal(("mine", "?cluster=blue"), (Cluster.Requests.Single().IdempotencyKey, Cluster.Requests.Single().Query));
    }

    [Fact]
    public async Task Submit_RefusedByTheCluster_NamesLineAndColumnOfEachFault()
    {
        var file = WriteFile("hello.yaml", Job);
        Cluster.OnProblem(
            "POST /v1/jobs", 400, "The input has faults",
            new Fault("/tasks/0/containers/0/image", "No image name."), new Fault("/tasks/0/count", "Expected 1 to 10,000."), new Fault("", "Too odd."));

        var result = await RunAsync("job", "submit", file);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Equal(
            [
                $"{file}:5:24: /tasks/0/containers/0/image: No image name.", $"{file}:3:5: /tasks/0/count: Expected 1 to 10,000.", $"{file}:1:1: Too odd.",
                "ocs: The input has faults", "     The details.",
            ],
            result.Error.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task Submit_RefusedWithJson_PrintsTheProblemWithLines()
    {
        Cluster.OnProblem("POST /v1/jobs", 409, "It contradicts what is there", new Fault("/name", "Taken."));

        var result = await RunAsync("job", "submit", WriteFile("hello.yaml", Job), "--json");

        Assert.Equal(3, result.ExitCode);
        var problem = JsonDocument.Parse(result.Error).RootElement;
        Assert.Equal(409, problem.GetProperty("status").GetInt32());
        Assert.Equal("urn:ocs:problem:test", problem.GetProperty("type").GetString());
        Assert.Equal(1, problem.GetProperty("faults")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Submit_NobodyAnswers_SaysHowToTryAgainSafely()
    {
        Cluster.On("POST /v1/jobs", FakeCluster.Break);

        var result = await RunAsync("job", "submit", WriteFile("hello.yaml", Job));

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("Submitting again with --idempotency-key key-1 is safe.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobStatus.Succeeded, 0)]
    [InlineData(JobStatus.Failed, 1)]
    [InlineData(JobStatus.Stopped, 1)]
    public async Task Submit_Watch_ExitsAsTheJobEnds(JobStatus end, int exitCode)
    {
        Cluster.OnJson("POST /v1/jobs", Samples.Job("hello-1", JobStatus.Running), 201);
        Cluster.OnJsonInTurn("GET /v1/jobs/hello-1", Samples.Job("hello-1", JobStatus.Running), Samples.Job("hello-1", end, 2, succeeded: 4));

        var result = await RunAsync("job", "submit", WriteFile("hello.yaml", Job), "--watch");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith("12:00:00 count: 0/4 succeeded, 4 running\n12:00:00 count: 4/4 succeeded\nJob hello-1 ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Json_PrintsOneDocumentALine()
    {
        Cluster.OnJsonInTurn("GET /v1/jobs/x", Samples.Job("x", JobStatus.Running), Samples.Job("x", JobStatus.Succeeded, 2));

        var result = await RunAsync("job", "watch", "x", "--json");

        Assert.Equal(["RUNNING", "SUCCEEDED"], result.Out.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Watch_OnATerminal_DrawsABarForEachTask()
    {
        IsTerminal = true;
        Cluster.OnJsonInTurn("GET /v1/jobs/x", Samples.Job("x", JobStatus.Running, 1, 2), Samples.Job("x", JobStatus.Succeeded, 2, 4));

        var result = await RunAsync("job", "watch", "x");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("count  4/4 succeeded", result.Out, StringComparison.Ordinal);
        Assert.Contains("━", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("Job x SUCCEEDED after 1m00s\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_Interrupted_SaysThatTheJobGoesOnAndHowToResume(bool isTerminal)
    {
        IsTerminal = isTerminal;
        using var source = new CancellationTokenSource();
        var first = true;
        Cluster.On("GET /v1/jobs/x", async context =>
        {
            if (!first)
            {
                await source.CancelAsync();
                return;
            }

            first = false;
            await FakeCluster.WriteAsync(context, Samples.Job("x", JobStatus.Running), 200, "application/json");
        });

        var result = await RunAsync(source.Token, "job", "watch", "x");

        Assert.Equal(130, result.ExitCode);
        Assert.Equal("ocs: Interrupted. Job x goes on. See it again: ocs job watch x. Stop it: ocs job stop x\n", result.Error);
    }

    [Fact]
    public async Task List_Redirected_PrintsARowALine()
    {
        Cluster.OnJson("GET /v1/jobs", Samples.PageOf(next: null, Samples.Job("wordcount-1", JobStatus.Running), Samples.Job("wordcount-2", JobStatus.Failed, 1, 3)));

        var result = await RunAsync("job", "list", "--status", "running");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            [
                "JOB          STATUS   DONE  SUBMITTED  TOOK   REASON",
                "wordcount-1  RUNNING  0/4   5m ago     5m00s",
                "wordcount-2  FAILED   3/4   5m ago     1m00s  task count failed",
            ],
            result.Out.TrimEnd('\n').Split('\n'));
        Assert.Contains("status=RUNNING", Cluster.Requests.Single().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Limit_StopsThereAndSaysHowToGoOn()
    {
        Cluster.OnJsonInTurn("GET /v1/jobs", Samples.PageOf("2", Samples.Job("1", JobStatus.Running), Samples.Job("2", JobStatus.Running)), Samples.PageOf("3", Samples.Job("3", JobStatus.Running)));

        var result = await RunAsync("job", "list", "--limit", "3", "--after", "0");

        Assert.Equal("There are more: --after 3\n", result.Error);
        Assert.Equal(["?after=0&limit=3&cluster=default", "?after=2&limit=1&cluster=default"], Cluster.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task Show_Job_PrintsItsTasks()
    {
        Cluster.OnJson("GET /v1/jobs/x", Samples.Job("x", JobStatus.Running, 1, 1));

        var result = await RunAsync("job", "show", "x");

        Assert.Contains("Submitted  2026-11-22 11:55:00 UTC", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"\ncount +4 +0 +0 +0 +3 +1 +0", result.Out);
    }

    [Fact]
    public async Task Stop_Job_PrintsItsState()
    {
        Cluster.OnJson("POST /v1/jobs/x/stop", Samples.Job("x", JobStatus.Stopping));

        var result = await RunAsync("job", "stop", "x", "--reason", "wrong");

        Assert.Equal((0, "Job x is STOPPING.\n"), (result.ExitCode, result.Out));
        Assert.Equal("""{"reason":"wrong"}""", Cluster.Requests.Single().Body);
    }
}
