using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

/// <summary>The API on a real Kestrel and a free port, with fakes behind it.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeGrains grains)
    {
        _app = app;
        Grains = grains;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }
    public HttpClient Client { get; }
    public FakeGrains Grains { get; }
    public FakeQueries Queries => (FakeQueries)_app.Services.GetRequiredService<IClusterQueries>();
    public FakeStore Store => (FakeStore)_app.Services.GetRequiredService<ITransactionalStore>();

    public static Task<ApiHost> Start() => Start(new ApiOptions());

    public static async Task<ApiHost> Start(ApiOptions options, params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(FakeGrains.Create(out var grains));
        builder.Services.AddSingleton<IClusterQueries, FakeQueries>();
        builder.Services.AddSingleton<ITransactionalStore, FakeStore>();
        builder.Services.AddSingleton<IIdSource, RandomIdSource>();
        builder.Services.AddSingleton(new SchedulerShards(1));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddClusterApi(options with { Address = "127.0.0.1:0" });
        var app = builder.Build();
        app.MapClusterApi();
        await app.StartAsync();
        return new ApiHost(app, grains);
    }

    public Task<Reply> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Reply> Post(string path, string? json, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return Send(request);
    }

    public async Task<Reply> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = text == "" ? default : JsonDocument.Parse(text).RootElement.Clone();
        return new Reply(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers, json);
    }

    /// <summary>Opens a stream and returns once its headers are there.</summary>
    public async Task<HttpResponseMessage> Open(string path, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
