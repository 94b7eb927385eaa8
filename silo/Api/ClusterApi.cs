using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Endpoints;
using OrleansCluster.Silo.Api.Hosting;
using OrleansCluster.Silo.Api.Streams;

namespace OrleansCluster.Silo.Api;

/// <summary>
/// The HTTP API: checks the form of what comes in, asks grains, and says their answers in HTTP. Everything else is the grains'. It needs
/// <c>IGrainFactory</c>, <c>IClusterQueries</c>, <c>ITransactionalStore</c>, <c>IIdSource</c> and <see cref="TimeProvider"/>.
/// </summary>
public static class ClusterApi
{
    private const int DroppedBodies = 16;

    /// <exception cref="InvalidOperationException">The address is none, or not on loopback.</exception>
    public static IServiceCollection AddClusterApi(this IServiceCollection services, ApiOptions options)
    {
        var endpoint = LoopbackAddress.Parse(options.Address);
        services.AddSingleton(options);
        services.AddSingleton<StreamGate>();
        services.AddSingleton<LongPoll>();
        services.AddSingleton<IReadiness, StoreReadiness>();
        services.AddTransient<IStartupFilter, ApiStartupFilter>();
        services.PostConfigure<KestrelServerOptions>(kestrel =>
        {
            // An empty configuration in place of the section "Kestrel", whose endpoints could be anywhere.
            kestrel.Configure();
            kestrel.Listen(endpoint);
            kestrel.AddServerHeader = false;

            // The body's reader has the true limit. What goes over it, up to this, is received and dropped, so that its sender gets to read
            // the problem instead of finding its connection broken.
            kestrel.Limits.MaxRequestBodySize = (long)options.LargestBody * DroppedBodies;
            kestrel.Limits.MaxConcurrentConnections = options.MostConnections;
        });
        services.Configure<JsonOptions>(json => UseClusterJson(json.SerializerOptions));
        services.AddOpenApi(OpenApiDescription.Document, OpenApiDescription.Configure);
        return services;
    }

    public static IEndpointRouteBuilder MapClusterApi(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1");
        DefinitionEndpoints.Map(v1.MapGroup("").WithTags("task definitions"));
        JobEndpoints.Map(v1.MapGroup("").WithTags("jobs"));
        ScheduleEndpoints.Map(v1.MapGroup("").WithTags("schedules"));
        ServicesEndpoints.Map(v1.MapGroup("").WithTags("services"));
        ServiceEndpointListEndpoints.Map(v1.MapGroup("").WithTags("services"));
        ServiceMetricEndpoints.Map(v1.MapGroup("").WithTags("services"));
        TaskEndpoints.Map(v1.MapGroup("").WithTags("tasks"));
        CheckpointEndpoints.Map(v1.MapGroup("").WithTags("tasks"));
        LogEndpoints.Map(v1.MapGroup("").WithTags("tasks"));
        NodeEndpoints.Map(v1.MapGroup("").WithTags("nodes"));
        TeamEndpoints.Map(v1.MapGroup("").WithTags("teams"));
        FrameworkEndpoints.Map(v1.MapGroup("").WithTags("frameworks"));
        FrameworkTaskEndpoints.Map(v1.MapGroup("").WithTags("frameworks"));
        ClusterStateEndpoints.Map(v1.MapGroup("").WithTags("frameworks"));
        EventEndpoints.Map(v1.MapGroup("").WithTags("events"));
        SchemaEndpoints.Map(v1.MapGroup("").WithTags("schemas"));
        HealthEndpoints.Map(routes.MapGroup("").WithTags("health"));
        routes.MapOpenApi("/openapi/v1.json");
        return routes;
    }

    // The OpenAPI document is made from the framework's own options.
    private static void UseClusterJson(JsonSerializerOptions options)
    {
        var cluster = ClusterJson.Options;
        options.PropertyNamingPolicy = cluster.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = cluster.PropertyNameCaseInsensitive;
        options.DefaultIgnoreCondition = cluster.DefaultIgnoreCondition;
        options.NumberHandling = cluster.NumberHandling;
        options.RespectNullableAnnotations = cluster.RespectNullableAnnotations;
        options.Encoder = cluster.Encoder;
    }
}
