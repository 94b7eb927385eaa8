using System.Text.Json;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class ServiceCommandTests : CliTest
{
    private const string File =
        """
        name: web
        desiredCount: 2
        containers:
          - name: c
            image: app
            resources: { cpu: 100, memory: 32 }
        """;

    private static readonly ServiceView _done = Samples.Service(DeploymentStatus.Completed, version: 3, healthy: 2);

    [Theory]
    [InlineData("?mode=CREATE&cluster=default", "service", "create")]
    [InlineData("?mode=UPDATE&cluster=default", "service", "update")]
    [InlineData("?mode=ANY&cluster=default", "deploy")]
    public async Task Put_File_SendsItWithTheModeAndSaysHowFarItIs(string query, params string[] command)
    {
        Cluster.OnJson("PUT /v1/services/web", Samples.Service());

        var result = await RunAsync([.. command, WriteFile("web.yaml", File)]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("Service web: deployment 3 SCALE_UP: 1/2 healthy. See it: ocs service show web\n", result.Out);
        Assert.Equal(query, Cluster.Requests.Single().Query);
        Assert.Equal(2, JsonDocument.Parse(Cluster.Requests.Single().Body).RootElement.GetProperty("desiredCount").GetInt32());
    }

    [Fact]
    public async Task Deploy_ClusterRefusesIt_NamesTheLinesOfAll()
    {
        Cluster.OnProblem("PUT /v1/services/web", 400, "The service has 2 faults.", new Fault("/desiredCount", "too many"), new Fault("/containers/0/image", "it is none"));
        var file = WriteFile("web.yaml", File);

        var result = await RunAsync("deploy", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:2:1: /desiredCount: too many", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:5:5: /containers/0/image: it is none", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_FileWithFaults_TellsOfAllAndAsksNobody()
    {
        var result = await RunAsync("deploy", WriteFile("bad.yaml", File.Replace("desiredCount: 2", "count: 2", StringComparison.Ordinal).Replace("cpu: 100", "cpu: many", StringComparison.Ordinal)));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("/count: Unknown field", result.Error, StringComparison.Ordinal);
        Assert.Contains("/containers/0/resources/cpu: Expected a whole number", result.Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Requests);
    }

    [Theory]
    [InlineData(DeploymentStatus.Completed, 0, "12:00:00 deployment 3 COMPLETED: 2/2 healthy, 1 failure of 3\nDeployment 3 of service web COMPLETED after 1m00s\n")]
    [InlineData(DeploymentStatus.Failed, 1, "12:00:00 deployment 3 FAILED: 2/2 healthy, 1 failure of 3\nDeployment 3 of service web FAILED after 1m00s: 3 failures of its tasks.\nIts tasks: ocs task list --service web\n")]
    [InlineData(DeploymentStatus.Superseded, 1, "12:00:00 deployment 3 SUPERSEDED: 2/2 healthy, 1 failure of 3\nDeployment 3 of service web SUPERSEDED after 1m00s: Deployment 4 has taken its place.\n")]
    public async Task Deploy_Watch_TellsEachChangeAndExitsAsTheDeploymentEnds(DeploymentStatus end, int exitCode, string expected)
    {
        var unplaced = new ServiceEvent { At = InstantTime.Now.AddSeconds(-2), Message = "Task web.1.6 finds no node: 0/1 nodes: 1 insufficient memory" };
        var waiting = Samples.Service(version: 2, failures: 1);
        Cluster.OnJson("PUT /v1/services/web", Samples.Service());
        Cluster.OnJsonInTurn(
            "GET /v1/services/web",
            Samples.Service(), waiting with { Events = [unplaced, .. waiting.Events] }, Samples.Service(end, version: 3, healthy: 2, failures: 1));

        var result = await RunAsync("deploy", WriteFile("web.yaml", File), "--watch");

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            "12:00:00 deployment 3 SCALE_UP: 1/2 healthy\n11:59:58 Task web.1.6 finds no node: 0/1 nodes: 1 insufficient memory\n12:00:00 deployment 3 SCALE_UP: 1/2 healthy, 1 failure of 3\n" + expected,
            result.Out);
    }

    [Fact]
    public async Task Deploy_WatchAndARollbackFollows_SaysSo()
    {
        var failed = Samples.Service(DeploymentStatus.Failed, version: 3, healthy: 2);
        var back = failed.Deployments[0] with { Number = 4, Definition = "web:1", Status = DeploymentStatus.InProgress, Stage = DeploymentStage.ScaleUp, RollbackOf = 3 };
        Cluster.OnJson("PUT /v1/services/web", Samples.Service());
        Cluster.OnJson("GET /v1/services/web", failed with { Deployments = [back, .. failed.Deployments] });

        var result = await RunAsync("deploy", WriteFile("web.yaml", File), "--watch");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("Deployment 4 takes web:1 back. See it: ocs service show web\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_WatchJson_IsADocumentAChange()
    {
        Cluster.OnJson("PUT /v1/services/web", Samples.Service());
        Cluster.OnJsonInTurn("GET /v1/services/web", Samples.Service(), _done);

        var result = await RunAsync("deploy", WriteFile("web.yaml", File), "--watch", "--json");

        Assert.Equal(["IN_PROGRESS", "COMPLETED"], result.Out.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("deployments")[0].GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Deploy_WatchOnATerminal_DrawsABar()
    {
        IsTerminal = true;
        Cluster.OnJson("PUT /v1/services/web", Samples.Service());
        Cluster.OnJsonInTurn("GET /v1/services/web", Samples.Service(), _done);

        var result = await RunAsync("deploy", WriteFile("web.yaml", File), "--watch");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("━", result.Out, StringComparison.Ordinal);
        Assert.Contains("deployment 3 COMPLETED: 2/2 healthy", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_WatchInterrupted_SaysThatItGoesOn()
    {
        using var source = new CancellationTokenSource();
        Cluster.OnJson("PUT /v1/services/web", Samples.Service());
        Cluster.On("GET /v1/services/web", context => source.CancelAsync());

        var result = await RunAsync(source.Token, "deploy", WriteFile("web.yaml", File), "--watch");

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("Deployment 3 of service web goes on", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_Watch_GoesOnUntilAsManyAreHealthy()
    {
        Cluster.OnJson("POST /v1/services/web/scale", Samples.Service(DeploymentStatus.Completed));
        Cluster.OnJsonInTurn("GET /v1/services/web", Samples.Service(DeploymentStatus.Completed), _done);

        var result = await RunAsync("service", "scale", "web", "2", "--watch");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("12:00:00 deployment 3 COMPLETED: 1/2 healthy\n12:00:00 deployment 3 COMPLETED: 2/2 healthy\n", result.Out, StringComparison.Ordinal);
        Assert.Equal("{\"desiredCount\":2}", Cluster.Requests.First().Body);
    }

    [Fact]
    public async Task ListAndShow_Service_HaveItsDeploymentsTasksAndEvents()
    {
        Cluster.OnJson("GET /v1/services", Samples.PageOf(next: null, Samples.Service()));
        Cluster.OnJson("GET /v1/services/web", Samples.Service(failures: 1));

        Assert.Matches(@"\nweb +ACTIVE +2 +1 +1 +1 +3 of web:2 SCALE_UP", (await RunAsync("service", "list")).Out);
        var shown = (await RunAsync("service", "show", "web")).Out;
        Assert.Matches(@"Tasks +2 desired, 1 pending, 1 running, 1 healthy", shown);
        Assert.Matches(@"Deployments +ROLLING, 100 to 200 %, healthy after 5 s", shown);
        Assert.Matches(@"Fail at +failures of half the tasks, 3 to 200, then roll back", shown);
        Assert.Matches(@"\nweb\.0\.5 +2 +RUNNING +host-1 +0 +1m ago +healthy", shown);
        Assert.Contains("2026-11-22 11:59:00 UTC Deployment 3 of web:2 has begun.", shown, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse((await RunAsync("service", "show", "web", "--json")).Out).RootElement.GetProperty("deployments")[0].GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Events_Follow_PrintsEachOnceUntilTheServiceIsGone()
    {
        var first = Samples.Service();
        var second = first with { Version = 2, Events = [new ServiceEvent { At = InstantTime.Now, Message = "It was deleted; its tasks stop." }, .. first.Events] };
        var turn = 0;
        Cluster.On("GET /v1/services/web", context => Interlocked.Increment(ref turn) switch
        {
            1 => FakeCluster.WriteAsync(context, first, 200, "application/json"),
            2 => FakeCluster.WriteAsync(context, second, 200, "application/json"),
            _ => FakeCluster.WriteAsync(context, new { title = "There is no such thing", status = 404 }, 404, "application/problem+json"),
        });

        var result = await RunAsync("service", "events", "web", "--follow");

        Assert.Equal((0, "2026-11-22 11:59:00 UTC Deployment 3 of web:2 has begun.\n2026-11-22 12:00:00 UTC It was deleted; its tasks stop.\n"), (result.ExitCode, result.Out));
    }

    [Fact]
    public async Task RollbackAndProtect_Service_SayWhatIs()
    {
        var service = Samples.Service();
        Cluster.OnJson("POST /v1/services/web/rollback", service);
        Cluster.OnJson("POST /v1/services/web/protect", service with { Tasks = [service.Tasks[0] with { ProtectedUntil = InstantTime.Now.AddMinutes(10) }] });

        Assert.StartsWith("Service web: deployment 3 SCALE_UP", (await RunAsync("service", "rollback", "web")).Out, StringComparison.Ordinal);
        Assert.Equal("Task web.0.5 is protected until 2026-11-22 12:10:00 UTC.\n", (await RunAsync("service", "protect", "web", "web.0.5", "--seconds", "600")).Out);
        Assert.Equal("{\"task\":\"web.0.5\",\"seconds\":600}", Cluster.Requests.Last().Body);
    }

    [Fact]
    public async Task Approve_Service_SaysWhatItStillWaitsFor()
    {
        var service = Samples.Service();
        var hook = new HookView { Name = "smoke-test", Stage = DeploymentHookStage.PostScaleUp, Status = HookStatus.Pending, JobId = "web-hook-3-1", Since = InstantTime.Now, Until = InstantTime.Now.AddMinutes(5) };
        var approval = hook with { Name = "sign-off", JobId = null };
        service = service with { Deployments = [service.Deployments[0] with { Stage = DeploymentStage.PostScaleUp, Hooks = [hook, approval with { Status = HookStatus.Succeeded }] }, .. service.Deployments.Skip(1)] };
        Cluster.OnJson("POST /v1/services/web/approve", service);
        Cluster.OnJson("GET /v1/services/web", service with { Deployments = [service.Deployments[0] with { Hooks = [hook, approval] }] });

        Assert.Equal(
            "Service web: deployment 3 POST_SCALE_UP: 1/2 healthy, waits for hook smoke-test, job web-hook-3-1. See it: ocs service show web\n",
            (await RunAsync("service", "approve", "web", "--hook", "sign-off")).Out);
        Assert.Equal("{\"hook\":\"sign-off\",\"reject\":false}", Cluster.Requests.Last().Body);
        await RunAsync("service", "approve", "web", "--deployment", "3", "--reject");
        Assert.Equal("{\"deployment\":3,\"reject\":true}", Cluster.Requests.Last().Body);
        var shown = (await RunAsync("service", "show", "web")).Out;
        Assert.Matches(@"\nsmoke-test +POST_SCALE_UP +PENDING .*web-hook-3-1", shown);
        Assert.Matches(@"\nsign-off +POST_SCALE_UP +PENDING .*approval", shown);
    }

    [Fact]
    public async Task StopDeployment_Service_SaysHowFarItIs()
    {
        Cluster.OnJson("POST /v1/services/web/stop-deployment", Samples.Service(DeploymentStatus.Stopped));

        Assert.StartsWith("Service web: deployment 3 STOPPED", (await RunAsync("service", "stop-deployment", "web", "--no-rollback")).Out, StringComparison.Ordinal);
        Assert.Equal("{\"rollback\":false}", Cluster.Requests.Last().Body);
        Cluster.OnProblem("POST /v1/services/web/stop-deployment", 409, "Service web has no deployment under way: deployment 3 is COMPLETED.");
        var refused = await RunAsync("service", "stop-deployment", "web");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("no deployment under way", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebalance_Service_ShowsTheMoves()
    {
        var service = Samples.Service();
        Cluster.OnJson("POST /v1/services/web/rebalance", service with { SuggestedMoves = [new ServiceMove("web.0.5", "host-1", "host-2")] });

        var dry = (await RunAsync("service", "rebalance", "web", "--dry-run")).Out;
        Assert.StartsWith("Service web: 1 task would be moved. To do it: ocs service rebalance web\n", dry, StringComparison.Ordinal);
        Assert.Matches(@"\nweb\.0\.5 +host-1 +host-2", dry);
        Assert.Equal("{\"dryRun\":true}", Cluster.Requests.Last().Body);
        Assert.StartsWith("Service web: 1 task to be moved. See it: ocs service show web\n", (await RunAsync("service", "rebalance", "web")).Out, StringComparison.Ordinal);
        Cluster.OnJson("POST /v1/services/web/rebalance", service);
        Assert.Equal("Service web: no move would spread its tasks better.\n", (await RunAsync("service", "rebalance", "web")).Out);
    }

    [Fact]
    public async Task Delete_Wait_EndsWhenItIsGone()
    {
        Cluster.OnJson("DELETE /v1/services/web", Samples.Service() with { Status = ServiceStatus.Draining });

        var result = await RunAsync("service", "delete", "web", "--wait");

        Assert.Equal((0, "Service web is being deleted: 2 tasks to stop.\nService web is gone.\n"), (result.ExitCode, result.Out));
    }

    [Fact]
    public async Task Show_NoSuchService_ExitsWith3() => Assert.Equal(3, (await RunAsync("service", "show", "nowhere")).ExitCode);

    [Fact]
    public async Task TaskList_OfAService_AsksForIt()
    {
        Cluster.OnJson("GET /v1/tasks", Samples.PageOf(next: null, Samples.Task("web.0.5", TaskState.Running)));

        Assert.Contains("web.0.5", (await RunAsync("task", "list", "--service", "web")).Out, StringComparison.Ordinal);
        Assert.StartsWith("?service=web&", Cluster.Requests.Single().Query, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("task", "list", "--service", "web", "--job", "a")).ExitCode);
    }

    [Theory]
    [InlineData("service")]
    [InlineData("service", "create")]
    [InlineData("service", "update")]
    [InlineData("service", "scale")]
    [InlineData("service", "list")]
    [InlineData("service", "show")]
    [InlineData("service", "events")]
    [InlineData("service", "rollback")]
    [InlineData("service", "protect")]
    [InlineData("service", "rebalance")]
    [InlineData("service", "stop-deployment")]
    [InlineData("service", "approve")]
    [InlineData("service", "delete")]
    [InlineData("deploy")]
    public async Task Help_AnyCommand_HasExamples(params string[] command)
    {
        var result = await RunAsync([.. command, "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"Examples:\n  ocs {string.Join(' ', command)}", result.Out, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", result.Out, StringComparison.Ordinal);
    }
}
