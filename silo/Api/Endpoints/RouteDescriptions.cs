using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>What the OpenAPI document says of a route beyond its pattern.</summary>
internal static class RouteDescriptions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary, params QueryParameter[] query) =>
        route.WithName(name).WithSummary(summary).WithMetadata(new QueryMetadata([.. query, QueryParameters.Cluster]));

    /// <summary>Beside 400, 403, 421, 500 and 503, which any route may answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.Concat([400, 403, 421, 500, 503]))
            route.Produces<Problem>(status, Problem.MediaType);
        return route;
    }
}
