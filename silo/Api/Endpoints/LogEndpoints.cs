using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Streams;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class LogEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/tasks/{id}/logs", Read)
            .Describe(
                "readTaskLogs",
                "Reads a container's log: a chunk, or with \"follow\" a stream of lines, one JSON object each.",
                QueryParameters.Container,
                QueryParameters.Attempt,
                QueryParameters.From,
                QueryParameters.Limit,
                QueryParameters.Follow)
            .Produces<LogChunk>().WithMetadata(new StreamMetadata(LogFollower.MediaType, typeof(LogLine))).Refuses(404);

    private static async Task<IResult> Read(string id, HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var container = query.Text(QueryParameters.Container);
        var attempt = (int?)query.Number(QueryParameters.Attempt);
        var from = query.Number(QueryParameters.From) ?? 0;
        var limit = (int)(query.Number(QueryParameters.Limit) ?? QueryParameters.StandardLimit);
        var follow = query.Flag(QueryParameters.Follow);
        if (query.Finish() is { } problem)
            return problem;
        if (await TaskLookup.Find(grains, cluster, id) is not { } task)
            return Answers.NotFound(TaskLookup.Missing(cluster, id));

        var target = new LogTarget(cluster, id, attempt ?? task.Attempt, await ChooseContainer(query, grains, task, container));
        if (target.Attempt > task.Attempt)
            query.Fault(QueryParameters.Attempt, $"There is no attempt {attempt} yet; the newest is {task.Attempt}.");
        if (query.Finish() is { } mismatch)
            return mismatch;
        return follow
            ? new StreamResult(LogFollower.MediaType, (response, token) => new LogFollower(grains, clock, target).Write(response, from, limit, token))
            : await ReadChunk(grains, task, target, from, limit, http.RequestAborted);
    }

    private static async Task<IResult> ReadChunk(
        IGrainFactory grains, TaskView task, LogTarget target, long from, int limit, CancellationToken cancellationToken)
    {
        var (node, hasEnded) = target.PlaceIn(task);
        if (node is null)
            return Answers.Ok(new LogChunk { Lines = [], Next = from, IsEnd = hasEnded, Note = $"Attempt {target.Attempt} has no node, so it has no log." });
        var request = target.ToRequest(from, limit, TimeSpan.Zero);
        return Answers.Of(await grains.GetGrain<INodeGrain>(GrainKeys.Node(target.Cluster, node)).ReadLogs(request, cancellationToken));
    }

    /// <summary>The container asked for, or the only one. The definition knows them all, before the first of them exists.</summary>
    private static async Task<string> ChooseContainer(QueryReader query, IGrainFactory grains, TaskView task, string? asked)
    {
        var names = await ContainersOf(grains, task);
        if (asked is null && names.Count == 1)
            return names[0];
        if (asked is not null && names.Contains(asked))
            return asked;
        var found = asked is null ? "The task has several containers" : $"The task has no container \"{asked}\"";
        query.Fault(QueryParameters.Container, $"{found}: expected one of {string.Join(", ", names)}.");
        return "";
    }

    private static async Task<IReadOnlyList<string>> ContainersOf(IGrainFactory grains, TaskView task)
    {
        var (family, revision) = DefinitionName.Split(task.Definition);
        var definition = await grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(family)).Get(revision);
        return definition is null ? [.. task.Containers.Select(state => state.Name)] : [.. definition.Containers.Select(spec => spec.Name)];
    }
}
