using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class ServiceRouteTests
{
    [Theory]
    [InlineData("", "put Any")]
    [InlineData("?mode=any", "put Any")]
    [InlineData("?mode=create", "put Create")]
    [InlineData("?mode=UPDATE", "put Update")]
    public async Task Put_Service_ReachesItsGrainWithTheMode(string query, string asked)
    {
        await using var host = await ApiHost.Start();

        var reply = await Put(host, $"web{query}", Samples.ServiceBody);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var spec = reply.As<ServiceView>().Spec;
        Assert.Equal(
            (2, 75, SchedulingStrategy.Replica, DeploymentStrategy.Rolling, 200, true),
            (spec.DesiredCount, spec.Priority, spec.SchedulingStrategy, spec.DeploymentConfiguration.Strategy, spec.DeploymentConfiguration.MaximumPercent, spec.DeploymentConfiguration.CircuitBreaker.Enable));
        Assert.Equal(asked, host.Grains.Service("web").Asked);
        Assert.Equal("web", (await host.Get("/v1/services/web")).As<ServiceView>().Spec.Name);
    }

    [Fact]
    public async Task Put_FaultsOfFormAndOfRules_AllInOneAnswerAndNoGrainAsked()
    {
        await using var host = await ApiHost.Start();

        var faults = (await Put(host, "web", """
            { "name": "shop", "desiredCount": -1, "colour": "red", "deploymentConfiguration": { "maximumPercent": 99, "circuitBreaker": { "count": 0, "percent": 5 } },
              "containers": [{ "name": "main", "image": "", "resources": { "cpu": 100, "memory": 32 } }] }
            """)).FaultsOf(400, "invalid-input");

        Assert.Equal(
            [
                "/colour", "/containers/0/image", "/deploymentConfiguration/circuitBreaker/count", "/deploymentConfiguration/circuitBreaker/percent",
                "/deploymentConfiguration/maximumPercent", "/desiredCount", "/name",
            ],
            faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("/name: \"shop\" found; expected the name in the address, \"web\"", faults);
        Assert.Empty(host.Grains.Keys);
    }

    [Fact]
    public async Task Put_NameThatIsNone_IsOneFaultAndNoGrainAsked()
    {
        await using var host = await ApiHost.Start();

        Assert.StartsWith("/name: ", Assert.Single((await Put(host, "Bad_Name", Samples.ServiceBody.Replace("\"web\"", "\"Bad_Name\""))).FaultsOf(400, "invalid-input")), StringComparison.Ordinal);
        Assert.StartsWith("/name: ", Assert.Single((await Put(host, "Bad_Name", Samples.ServiceBody)).FaultsOf(400, "invalid-input")), StringComparison.Ordinal);
        Assert.Empty(host.Grains.Keys);
    }

    [Fact]
    public async Task Put_UnknownMode_IsAFaultOfTheQuery()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(["?mode: Expected one of ANY, CREATE, UPDATE, found \"replace\"."], (await Put(host, "web?mode=replace", Samples.ServiceBody)).FaultsOf(400, "invalid-query"));
    }

    [Fact]
    public async Task Put_GrainRefuses_IsAConflictOrItsFaults()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Service("web").Refusal = Refusal.Conflict("Service web exists already, with another specification.");
        Assert.Empty((await Put(host, "web?mode=create", Samples.ServiceBody)).FaultsOf(409, "conflict"));

        host.Grains.Service("web").Refusal = Refusal.Invalid("The service has 1 fault.", [new("/definition", "gone")]);
        Assert.Equal(["/definition: gone"], (await Put(host, "web", Samples.ServiceBody)).FaultsOf(400, "invalid-input"));
    }

    [Fact]
    public async Task ScaleRollbackProtectDelete_Service_DoAsTheySay()
    {
        await using var host = await ApiHost.Start();
        await Put(host, "web", Samples.ServiceBody);
        var grain = host.Grains.Service("web");

        await host.Post("/v1/services/web/scale", """{ "desiredCount": 6 }""");
        Assert.Equal("scale 6", grain.Asked);
        await host.Post("/v1/services/web/rollback", "");
        Assert.Equal("rollback", grain.Asked);
        await host.Post("/v1/services/web/rebalance", """{ "dryRun": true }""");
        Assert.Equal("rebalance True", grain.Asked);
        await host.Post("/v1/services/web/stop-deployment", """{ "rollback": false }""");
        Assert.Equal("stop False", grain.Asked);
        await host.Post("/v1/services/web/stop-deployment", "{}");
        Assert.Equal("stop True", grain.Asked);
        await host.Post("/v1/services/web/approve", """{ "hook": "sign-off", "deployment": 3, "reject": true }""");
        Assert.Equal("approve sign-off 3 False", grain.Asked);
        await host.Post("/v1/services/web/rebalance", "{}");
        Assert.Equal("rebalance False", grain.Asked);
        await host.Post("/v1/services/web/protect", """{ "task": "web.0.1", "seconds": 60 }""");
        Assert.Equal("protect web.0.1 60", grain.Asked);
        Assert.Equal("web", (await host.Send(new HttpRequestMessage(HttpMethod.Delete, "/v1/services/web"))).As<ServiceView>().Spec.Name);
        Assert.Equal("delete", grain.Asked);
    }

    [Fact]
    public async Task Put_ScaledServiceWithAlarms_IsRead()
    {
        await using var host = await ApiHost.Start();
        var body = Samples.ServiceBody.TrimEnd()[..^1] + """
            , "autoscaling": { "minimum": 1, "maximum": 8, "policies": [{ "metric": "queue", "target": 62.5, "perTask": true }], "schedules": [{ "cron": "@daily", "maximum": 4 }] },
              "deploymentConfiguration": { "alarms": { "alarms": [{ "name": "errors", "metric": "error-rate", "above": 0.5 }] } } }
            """;

        var spec = (await Put(host, "web", body)).As<ServiceView>().Spec;

        Assert.Equal((62.5, 4), (spec.Autoscaling!.Policies[0].Target, spec.Autoscaling.Schedules[0].Maximum));
        Assert.Equal(0.5, spec.DeploymentConfiguration.Alarms!.Alarms[0].Above);
        Assert.Equal(
            ["/autoscaling/policies/0/target: Expected a number, found the string \"62.5\"."],
            (await Put(host, "web", body.Replace("62.5", "\"62.5\""))).FaultsOf(400, "invalid-input"));
    }

    [Fact]
    public async Task PutMetric_Value_IsTheServices()
    {
        await using var host = await ApiHost.Start();
        await Put(host, "web", Samples.ServiceBody);

        var answer = await PutMetric(host, "web", """{ "value": 12.5 }""");

        Assert.Equal("metric queue 12.5", host.Grains.Service("web").Asked);
        Assert.Equal(12.5, answer.As<ServiceMetric>().Value);
        Assert.Equal(["/value: Expected a number, found the string \"12\"."], (await PutMetric(host, "web", """{ "value": "12" }""")).FaultsOf(400, "invalid-input"));
        Assert.Equal(["/value: Expected a number that a double holds, found 1e999."], (await PutMetric(host, "web", """{ "value": 1e999 }""")).FaultsOf(400, "invalid-input"));
        (await PutMetric(host, "WEB", """{ "value": 1 }""")).FaultsOf(404, "not-found");
    }

    [Theory]
    [InlineData("scale", "{}", ": The required field \"desiredCount\" is missing.")]
    [InlineData("scale", """{ "desiredCount": "6" }""", "/desiredCount: Expected a whole number, found the string \"6\".")]
    [InlineData("protect", """{ "task": "web.0.1", "seconds": 1, "minutes": 2 }""", "/minutes: Unknown field \"minutes\"; known here: task, seconds")]
    public async Task Post_BodyWithFault_SaysWhere(string what, string body, string fault)
    {
        await using var host = await ApiHost.Start();
        await Put(host, "web", Samples.ServiceBody);

        Assert.Equal([fault], (await host.Post($"/v1/services/web/{what}", body)).FaultsOf(400, "invalid-input"));
        Assert.Equal("put Any", host.Grains.Service("web").Asked);
    }

    [Fact]
    public async Task AnyRoute_UnknownServiceOrNoName_NotFound()
    {
        await using var host = await ApiHost.Start();

        foreach (var name in (string[])["web", "WEB"])
        {
            (await host.Get($"/v1/services/{name}")).FaultsOf(404, "not-found");
            (await host.Post($"/v1/services/{name}/scale", """{ "desiredCount": 6 }""")).FaultsOf(404, "not-found");
            (await host.Post($"/v1/services/{name}/rollback", "")).FaultsOf(404, "not-found");
            (await host.Post($"/v1/services/{name}/protect", """{ "task": "web.0.1", "seconds": 60 }""")).FaultsOf(404, "not-found");
            (await host.Send(new HttpRequestMessage(HttpMethod.Delete, $"/v1/services/{name}"))).FaultsOf(404, "not-found");
        }

        Assert.Equal(["service/default/web"], host.Grains.Keys);
    }

    [Fact]
    public async Task Get_WaitForOtherVersion_AnswersOnceItChangedOrIsGone()
    {
        await using var host = await ApiHost.Start();
        await Put(host, "web", Samples.ServiceBody);
        var grain = host.Grains.Service("web");
        var watching = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var change = new TaskCompletionSource<ServiceView?>(TaskCreationOptions.RunContinuationsAsynchronously);
        grain.OnWatch = () =>
        {
            watching.TrySetResult();
            return change.Task;
        };

        var pending = host.Get("/v1/services/web?version=7&wait=60");
        await watching.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(pending.IsCompleted);
        change.SetResult(grain.View! with { Version = 8 });

        Assert.Equal("8", (await pending)["version"]);
        Assert.All(grain.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(15)));
        grain.OnWatch = () => Task.FromResult<ServiceView?>(null);
        (await host.Get("/v1/services/web?version=7&wait=60")).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Get_WaitWithoutVersion_IsAFault()
    {
        await using var host = await ApiHost.Start();

        Assert.StartsWith("?wait: Expected \"version\"", Assert.Single((await host.Get("/v1/services/web?wait=5")).FaultsOf(400, "invalid-query")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Paging_ReachesTheQuery()
    {
        await using var host = await ApiHost.Start();

        await host.Get("/v1/services?after=a&limit=5");

        Assert.Equal("services default a 5", host.Queries.Asked);
    }

    private static Task<Reply> Put(ApiHost host, string name, string body) => host.Send(new HttpRequestMessage(HttpMethod.Put, $"/v1/services/{name}")
    {
        Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
    });

    private static Task<Reply> PutMetric(ApiHost host, string name, string body) => Put(host, $"{name}/metrics/queue", body);
}
