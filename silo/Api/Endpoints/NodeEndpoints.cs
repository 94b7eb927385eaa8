using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

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
        routes.MapPost("/nodes/{name}/drain", Drain)
            .Describe("drainNode", "Takes a node out of service: it takes no more tasks, and those on it are moved elsewhere when the deadline is over.")
            .Accepts<DrainRequest>(isOptional: true, "application/json")
            .Produces<NodeView>().Refuses(404, 413, 415);
        routes.MapPost("/nodes/{name}/activate", Activate)
            .Describe("activateNode", "Takes a node back into service.")
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

    private static async Task<IResult> Drain(string name, HttpContext http, IGrainFactory grains, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.ReadOptional(http.Request, DrainRequest.AtOnce);
        if (!input.IsGood)
            return input.Problem;
        if (!ApiNames.IsNode(name))
            return Missing(cluster, name);
        var drain = new NodeDrain { Deadline = input.Value.Deadline, OneAtATime = input.Value.OneAtATime };
        var answer = await grains.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(cluster, name)).Begin(drain);
        return answer.IsAccepted ? Answers.Of(await queries.GetNode(cluster, name, http.RequestAborted), $"node {name} in cluster {cluster}") : Problem.Of(answer.Refusal);
    }

    private static async Task<IResult> Activate(string name, HttpContext http, IGrainFactory grains, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        if (!ApiNames.IsNode(name))
            return Missing(cluster, name);
        return await grains.GetGrain<INodeDrainGrain>(GrainKeys.NodeDrain(cluster, name)).End() is { } refusal
            ? Problem.Of(refusal)
            : Answers.Of(await queries.GetNode(cluster, name, http.RequestAborted), $"node {name} in cluster {cluster}");
    }

    private static Problem Missing(string cluster, string name) => Answers.NotFound($"node {name} in cluster {cluster}");
}
