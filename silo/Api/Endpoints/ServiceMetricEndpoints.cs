using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class ServiceMetricEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/services/{name}/metrics/{metric}", Put)
            .Describe("putServiceMetric", "Says what a metric of a service is now. It counts for a minute: put it again before that. At most 32 of a service.")
            .Accepts<MetricRequest>("application/json")
            .Produces<ServiceMetric>().Refuses(404, 409, 413, 415);

    private static async Task<IResult> Put(string name, string metric, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.Read<MetricRequest>(http.Request, _ => []);
        if (!input.IsGood)
            return input.Problem;
        return ApiNames.IsService(name)
            ? Answers.Of(await grains.GetGrain<IServiceGrain>(GrainKeys.Service(cluster, name)).PutMetric(metric, input.Value.Value))
            : Answers.NotFound($"service {name} in cluster {cluster}");
    }
}
