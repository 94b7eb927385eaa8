using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class NodeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes", List)
            .Describe("listNodes", "Lists all nodes with what they have and what of it is claimed.")
            .Produces<Page<NodeView>>().Refuses();
        routes.MapGet("/nodes/{name}", Get)
            .Describe("getNode", "Shows a node and the tasks that hold claims on it.")
            .Produces<NodeView>().Refuses(404);
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        return query.Finish() ?? Answers.Ok(await queries.ListNodes(cluster, http.RequestAborted));
    }

    private static async Task<IResult> Get(string name, HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var node = ApiNames.IsNode(name) ? await queries.GetNode(cluster, name, http.RequestAborted) : null;
        return Answers.Of(node, $"node {name} in cluster {cluster}");
    }
}
