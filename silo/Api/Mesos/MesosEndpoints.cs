namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>The routes of a Mesos master that schedulers use, at the addresses that Mesos has for them. They are not ours to describe, so the OpenAPI document leaves them out.</summary>
public static class MesosEndpoints
{
    public static IServiceCollection AddMesosApi(this IServiceCollection services, MesosOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SchedulerSubscription>();
        services.AddSingleton<SchedulerCalls>();
        services.AddSingleton<AcceptedOffers>();
        return services;
    }

    public static IEndpointRouteBuilder MapMesosApi(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").ExcludeFromDescription();
        routes.MapPost("/api/v1/scheduler", Call);
        routes.MapPost("/master/api/v1/scheduler", Call);
        routes.MapGet("/version", MasterPages.Version);
        routes.MapGet("/health", MasterPages.Health);
        foreach (var prefix in (string[])["", "/master"])
        {
            routes.MapGet($"{prefix}/redirect", MasterPages.Redirect);
            routes.MapGet($"{prefix}/state", MasterPages.State);
            routes.MapGet($"{prefix}/state.json", MasterPages.State);
        }

        routes.MapGet("/master/health", MasterPages.Health);
        return builder;
    }

    private static async Task<IResult> Call(HttpContext http, SchedulerSubscription subscription, SchedulerCalls calls)
    {
        var (call, fault) = await MesosCall.Read(http.Request);
        if (call is null)
            return fault!;
        return call.Type == "SUBSCRIBE" ? await subscription.Subscribe(call, http) : await calls.Take(call, http.Request);
    }
}
