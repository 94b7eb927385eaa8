using System.Text.Json;
using OrleansCluster.Cli.Runs;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class RunCommandTests : CliTest
{
    [Fact]
    public async Task Run_DetachedImage_SubmitsAJobOfOneTask()
    {
        Cluster.OnJson("POST /v1/jobs", Samples.Job("run-1", JobStatus.Running), 201);

        var result = await RunAsync("run", "registry:5000/team/app:1.2", "--cpu", "250", "--memory", "128", "--env", "A=b=c", "--count", "3", "--team", "red", "--priority", "9", "--detach", "--", "sh", "-c", "echo --json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("Job run-1 accepted: 4 tasks. Its output: ocs task logs run-1.main.0 --follow\n", result.Out);
        var request = Assert.Single(Cluster.Requests);
        Assert.Equal("key-1", request.IdempotencyKey);
        var job = JsonSerializer.Deserialize<JobSpec>(request.Body, ClusterJson.Options)!;
        Assert.Equal(("run-app-key1", "red", 9), (job.Name, job.Team, job.Priority));
        Assert.Equal(3, job.Tasks[0].Count);
        var container = job.Tasks[0].Containers[0];
        Assert.Equal(("registry:5000/team/app:1.2", new Resources(250, 128, 0)), (container.Image, container.Resources));
        Assert.Equal(["sh", "-c", "echo --json"], container.Command);
        Assert.Equal("b=c", container.Environment["A"]);
    }

    [Fact]
    public async Task Run_Definition_SubmitsItWithOverridesOfItsContainer()
    {
        Cluster.OnJson("GET /v1/task-definitions/web/3", Samples.Definition(3));
        Cluster.OnJson("POST /v1/jobs", Samples.Job("run-1", JobStatus.Running), 201);

        var result = await RunAsync("run", "--definition", "web:3", "--name", "report", "--memory", "99", "--detach", "--json", "--", "report", "now");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("run-1", JsonDocument.Parse(result.Out).RootElement.GetProperty("id").GetString());
        var task = JsonSerializer.Deserialize<JobSpec>(Cluster.Requests.Last().Body, ClusterJson.Options)!.Tasks[0];
        Assert.Equal("web:3", task.Definition);
        var change = Assert.Single(task.Overrides);
        Assert.Equal(("app", null, 99), (change.Name, change.Cpu, change.Memory));
        Assert.Equal(["report", "now"], change.Command);
    }

    [Fact]
    public async Task Run_DefinitionUnchanged_HasNoOverrides()
    {
        Cluster.OnJson("GET /v1/task-definitions/web/latest", Samples.Definition(3));
        Cluster.OnJson("POST /v1/jobs", Samples.Job("run-1", JobStatus.Running), 201);

        await RunAsync("run", "--definition", "web", "-d");

        Assert.True(JsonSerializer.Deserialize<JobSpec>(Cluster.Requests.Last().Body, ClusterJson.Options)!.Tasks[0].Overrides.IsDefaultOrEmpty);
    }

    [Fact]
    public async Task Run_RefusedByTheCluster_NamesTheArgumentsAndEndsWith125()
    {
        Cluster.OnProblem("POST /v1/jobs", 400, "The input has faults", new Fault("/tasks/0/containers/0/resources/cpu", "0 is out of range."), new Fault("/tasks/0/containers/0/image", "No image name."));

        var result = await RunAsync("run", "a b", "--cpu", "0");

        Assert.Equal((125, ""), (result.ExitCode, result.Out));
        Assert.Equal(["--cpu: 0 is out of range.", "IMAGE: No image name.", "ocs: The input has faults", "     The details."], result.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("Expected IMAGE")]
    [InlineData("--container goes with --definition", "app", "--container", "x")]
    [InlineData("--env '=x' is no variable", "app", "--env", "=x")]
    [InlineData("--count 101 is too many to follow", "app", "--count", "101")]
    [InlineData("'--no-such-option' is no option of ocs run", "app", "--no-such-option", "5", "--", "--fine")]
    public async Task Run_BadUsage_SaysSoAndEndsWith125(string words, params string[] arguments)
    {
        var result = await RunAsync(["run", .. arguments]);

        Assert.Equal((125, ""), (result.ExitCode, result.Out));
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task Run_NobodyAnswers_EndsWith125()
    {
        Cluster.On("POST /v1/jobs", FakeCluster.Break);

        Assert.Equal(125, (await RunAsync("run", "app")).ExitCode);
    }

    [Fact]
    public async Task Run_InterruptedBeforeTheClusterHasAnswered_FindsTheJobByItsKeyAndStopsIt()
    {
        Time = TimeProvider.System;
        using var interruption = new CancellationTokenSource();
        var submissions = 0;
        Cluster.On("POST /v1/jobs", async context =>
        {
            if (Interlocked.Increment(ref submissions) > 1)
            {
                await FakeCluster.WriteAsync(context, Samples.Job("run-1", JobStatus.Running), 200, "application/json");
                return;
            }

            await interruption.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        Cluster.OnJson("POST /v1/jobs/run-1/stop", Samples.Job("run-1", JobStatus.Stopping, 2));
        Cluster.OnJson("GET /v1/jobs/run-1", Samples.Job("run-1", JobStatus.Stopped, 3));

        var result = await RunAsync(interruption.Token, "run", "app", "--", "sleep", "600");

        Assert.Equal((130, ""), (result.ExitCode, result.Out));
        Assert.EndsWith("ocs: Interrupted. Job run-1 is STOPPED.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(["key-1", "key-1"], Cluster.Requests.Where(request => request.Route == "POST /v1/jobs").Select(request => request.IdempotencyKey));
    }

    [Fact]
    public async Task Run_Help_HasItsOwnExitCodesAndExamples()
    {
        var help = (await RunAsync("run", "--help")).Out;

        Assert.Contains("ocs run --definition report:3", help, StringComparison.Ordinal);
        Assert.Contains("126  accepted, but the container never ran", help, StringComparison.Ordinal);
        Assert.DoesNotContain("the job or task that was watched", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("busybox", "run-busybox-3f2a91bc")]
    [InlineData("registry:5000/Team/My_App@sha256:abc", "run-myapp-3f2a91bc")]
    [InlineData("web:3", "run-web-3f2a91bc")]
    public void RunName_Image_IsInTheNameOfTheJob(string image, string name) => Assert.Equal(name, RunName.Of(image, "3f2a91bc77"));
}
