using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>The state that all schedulers share: who has a version of it is told what has changed since.</summary>
internal static class ClusterStateEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/cluster/state", Read)
            .Describe(
                "getClusterState",
                "The nodes and teams that have changed since a version, or all of them: \"isSnapshot\" tells which. With \"wait\" it answers once there is a newer version.",
                QueryParameters.Incarnation, QueryParameters.StateVersion, QueryParameters.WaitForState, QueryParameters.Fresh)
            .Produces<ClusterDelta>().Refuses();

    private static async Task<IResult> Read(HttpContext http, IGrainFactory grains, LongPoll poll)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var incarnation = query.Text(QueryParameters.Incarnation);
        var number = query.Number(QueryParameters.StateVersion);
        var wait = TimeSpan.FromSeconds(query.Number(QueryParameters.WaitForState) ?? 0);
        var isFresh = query.Flag(QueryParameters.Fresh);
        if (incarnation is null != number is null)
            query.Fault(QueryParameters.StateVersion, "Expected \"incarnation\" and \"version\" together, or neither.");
        if (query.Finish() is { } problem)
            return problem;
        var since = incarnation is null ? ClusterVersion.None : new ClusterVersion(incarnation, number ?? 0);
        var view = grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(cluster));
        var delta = await view.Read(since, isFresh, TimeSpan.Zero, http.RequestAborted);
        return Answers.Ok(await poll.Until(
            delta,
            one => one.IsSnapshot || one.Version != since,
            async (step, token) => await view.Read(since, isFresh: false, step, token),
            wait,
            http.RequestAborted));
    }
}
