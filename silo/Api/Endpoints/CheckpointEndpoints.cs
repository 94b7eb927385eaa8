using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class CheckpointEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tasks/{id}/checkpoints", Get)
            .Describe("getCheckpoints", "Shows a task's checkpoints and what became of requests for one.", QueryParameters.Request, QueryParameters.WaitForRequest)
            .Produces<TaskCheckpoints>().Refuses(404);
        routes.MapPost("/tasks/{id}/checkpoints", Request)
            .Describe("requestCheckpoint", "Asks for a checkpoint of a task that runs. \"requested\" is the number of the request, which is durable.")
            .Produces<TaskCheckpoints>(StatusCodes.Status202Accepted).Refuses(404, 409);
    }

    private static async Task<IResult> Request(string id, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        if (!ApiNames.IsTask(id))
            return Answers.NotFound(TaskLookup.Missing(cluster, id));
        var answer = await grains.GetGrain<ITaskGrain>(GrainKeys.Task(cluster, id)).RequestCheckpoint();
        return answer.IsAccepted ? Answers.Json(answer.Value, StatusCodes.Status202Accepted) : Answers.Of(answer);
    }

    private static async Task<IResult> Get(string id, HttpContext http, IGrainFactory grains, LongPoll poll)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var request = (int?)query.Number(QueryParameters.Request);
        var wait = TimeSpan.FromSeconds(query.Number(QueryParameters.WaitForRequest) ?? 0);
        if (query.Finish() is { } problem)
            return problem;
        if (await TaskLookup.Find(grains, cluster, id) is not { } task)
            return Answers.NotFound(TaskLookup.Missing(cluster, id));
        if (request is not { } number)
            return Answers.Ok(task.Checkpoints ?? new TaskCheckpoints());

        var grain = grains.GetGrain<ITaskGrain>(GrainKeys.Task(cluster, id));
        var later = await poll.Until(
            task,
            one => one.Checkpoints is not { } known || known.Answered >= number,
            async (step, token) => await grain.WatchCheckpoint(number, step, token) ?? task,
            wait,
            http.RequestAborted);
        return Answers.Ok(later?.Checkpoints ?? new TaskCheckpoints());
    }
}
