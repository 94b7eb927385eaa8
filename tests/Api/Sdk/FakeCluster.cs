using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansCluster.Tests.Api.Sdk;

/// <summary>A real HTTP server with canned answers, which remembers what it was asked.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = [];
    private readonly WebApplication _app;

    private FakeCluster(WebApplication app) => _app = app;

    public ConcurrentQueue<SeenRequest> Requests { get; } = [];
    public string Address => _app.Urls.Single();

    public static async Task<FakeCluster> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var cluster = new FakeCluster(app);
        app.Run(cluster.AnswerAsync);
        await app.StartAsync();
        return cluster;
    }

    /// <param name="route">Method and path: <c>GET /v1/jobs</c>.</param>
    public void On(string route, RequestDelegate answer) => _answers[route] = answer;

    public void OnJson<T>(string route, T body, int status = 200) => On(route, context => WriteAsync(context, body, status, "application/json"));

    /// <summary>Answers the first request with the first value, and so on; the last one from then on.</summary>
    public void OnJsonInTurn<T>(string route, params T[] bodies)
    {
        var turn = -1;
        On(route, context => WriteAsync(context, bodies[Math.Min(Interlocked.Increment(ref turn), bodies.Length - 1)], 200, "application/json"));
    }

    public void OnProblem(string route, int status, string title, params Fault[] faults) => On(route, context => WriteAsync(
        context, new { type = "urn:ocs:problem:test", title, status, detail = "The details.", faults }, status, "application/problem+json"));

    public static async Task WriteAsync<T>(HttpContext context, T body, int status, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(JsonSerializer.Serialize(body, ClusterJson.Options));
    }

    /// <summary>Ends the connection as a killed silo does.</summary>
    public static Task Break(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = context.Request;
        Requests.Enqueue(new SeenRequest(
            $"{request.Method} {request.Path}", request.QueryString.Value ?? "", request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
        if (_answers.TryGetValue($"{request.Method} {request.Path}", out var answer)) await answer(context);
        else await WriteAsync(context, new { title = "There is no such thing", status = 404 }, 404, "application/problem+json");
    }
}
