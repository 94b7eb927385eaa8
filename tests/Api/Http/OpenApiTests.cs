using System.Net;
using System.Text.Json;

namespace OrleansCluster.Tests.Api.Http;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_Served_ListsEveryRoute()
    {
        await using var host = await ApiHost.Start();

        var paths = (await host.Get("/openapi/v1.json")).Json.GetProperty("paths");

        var operations = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(
            [
                "DELETE /v1/frameworks/{name}",
                "DELETE /v1/schedules/{name}",
                "DELETE /v1/services/{name}",
                "DELETE /v1/teams/{name}",
                "GET /healthz",
                "GET /readyz",
                "GET /v1/cluster/state",
                "GET /v1/events",
                "GET /v1/frameworks",
                "GET /v1/frameworks/{name}",
                "GET /v1/frameworks/{name}/events",
                "GET /v1/jobs",
                "GET /v1/jobs/{id}",
                "GET /v1/nodes",
                "GET /v1/nodes/{name}",
                "GET /v1/schedules",
                "GET /v1/schedules/{name}",
                "GET /v1/schemas/job.json",
                "GET /v1/schemas/schedule.json",
                "GET /v1/schemas/service.json",
                "GET /v1/schemas/task-definition.json",
                "GET /v1/schemas/teams.json",
                "GET /v1/services",
                "GET /v1/services/{name}",
                "GET /v1/services/{name}/endpoints",
                "GET /v1/task-definitions",
                "GET /v1/task-definitions/{family}/{revision}",
                "GET /v1/tasks",
                "GET /v1/tasks/{id}",
                "GET /v1/tasks/{id}/checkpoints",
                "GET /v1/tasks/{id}/explanation",
                "GET /v1/tasks/{id}/logs",
                "GET /v1/teams",
                "GET /v1/teams/usage",
                "GET /v1/teams/{name}",
                "POST /v1/frameworks/{name}/acknowledge",
                "POST /v1/frameworks/{name}/claims",
                "POST /v1/frameworks/{name}/claims/release",
                "POST /v1/frameworks/{name}/launches",
                "POST /v1/frameworks/{name}/offers/decline",
                "POST /v1/frameworks/{name}/reconcile",
                "POST /v1/frameworks/{name}/revive",
                "POST /v1/frameworks/{name}/subscribe",
                "POST /v1/frameworks/{name}/suppress",
                "POST /v1/frameworks/{name}/tasks/{task}/acknowledge",
                "POST /v1/frameworks/{name}/tasks/{task}/kill",
                "POST /v1/jobs",
                "POST /v1/jobs/plan",
                "POST /v1/jobs/planned",
                "POST /v1/jobs/{id}/stop",
                "POST /v1/nodes/{name}/activate",
                "POST /v1/nodes/{name}/drain",
                "POST /v1/schedules/{name}/pause",
                "POST /v1/schedules/{name}/resume",
                "POST /v1/schedules/{name}/run",
                "POST /v1/services/{name}/approve",
                "POST /v1/services/{name}/protect",
                "POST /v1/services/{name}/rebalance",
                "POST /v1/services/{name}/rollback",
                "POST /v1/services/{name}/scale",
                "POST /v1/services/{name}/stop-deployment",
                "POST /v1/task-definitions",
                "POST /v1/tasks/start",
                "POST /v1/tasks/{id}/checkpoints",
                "POST /v1/tasks/{id}/stop",
                "PUT /v1/frameworks/{name}",
                "PUT /v1/schedules/{name}",
                "PUT /v1/services/{name}",
                "PUT /v1/services/{name}/metrics/{metric}",
                "PUT /v1/teams",
            ],
            operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_Parameters_AreThoseThatRoutesTake()
    {
        await using var host = await ApiHost.Start();
        var paths = (await host.Get("/openapi/v1.json")).Json.GetProperty("paths");

        foreach (var path in paths.EnumerateObject().Where(path => path.Name.StartsWith("/v1/") && path.Value.TryGetProperty("get", out _)))
        {
            if (!path.Value.GetProperty("get").TryGetProperty("parameters", out var parameters))
                continue;
            var declared = parameters.EnumerateArray().Where(parameter => In(parameter) == "query").Select(Name).Order().ToArray();
            var reply = await host.Get($"{path.Name.Replace("{revision}", "1").Replace('{', 'x').Replace('}', 'x')}?surely-unknown-name=1");

            var known = Assert.Single(reply.FaultsOf(400, "invalid-query")).Split("known here: ")[1].Split(", ");
            Assert.Equal(declared, known.Order());
        }
    }

    [Fact]
    public async Task Document_JobSubmission_BodyHeaderAndProblems()
    {
        await using var host = await ApiHost.Start();
        var reply = await host.Get("/openapi/v1.json");
        var submit = reply.Json.GetProperty("paths").GetProperty("/v1/jobs").GetProperty("post");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("#/components/schemas/JobSpec", submit.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        Assert.Contains(submit.GetProperty("parameters").EnumerateArray(), parameter => (In(parameter), Name(parameter)) == ("header", "Idempotency-Key"));
        Assert.Equal(
            ["200", "201", "400", "403", "409", "413", "415", "421", "500", "503"],
            submit.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order());
        Assert.True(submit.GetProperty("responses").GetProperty("409").GetProperty("content").TryGetProperty("application/problem+json", out _));
    }

    [Fact]
    public async Task Document_Logs_ChunkOrStream()
    {
        await using var host = await ApiHost.Start();

        var logs = (await host.Get("/openapi/v1.json")).Json.GetProperty("paths").GetProperty("/v1/tasks/{id}/logs").GetProperty("get");

        var content = logs.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Select(media => media.Name);
        Assert.Equal(["application/json", "application/x-ndjson"], content.Order());
        Assert.Equal(["tasks"], logs.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
    }

    private static string? In(JsonElement parameter) => parameter.GetProperty("in").GetString();

    private static string? Name(JsonElement parameter) => parameter.GetProperty("name").GetString();
}
