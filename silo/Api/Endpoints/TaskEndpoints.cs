using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class TaskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tasks", List)
            .Describe("listTasks", "Lists tasks.", QueryParameters.Job, QueryParameters.Service, QueryParameters.Framework, QueryParameters.State, QueryParameters.After, QueryParameters.Limit)
            .Produces<Page<TaskView>>().Refuses();
        routes.MapPost("/tasks/start", TaskStarting.Start)
            .Describe("startTask", "Places tasks on nodes of the caller's choice, all of them or none, without any scheduler: those that do not fit there are refused, and say what is short.")
            .Accepts<StartTaskRequest>("application/json")
            .WithMetadata(new HeaderMetadata(IdempotencyKey.Header, "Names this start, so that it can be repeated: 1 to 128 visible ASCII characters."))
            .Produces<JobView>().Produces<JobView>(201).Refuses(409, 413, 415);
        routes.MapGet("/tasks/{id}", Get)
            .Describe("getTask", "Shows a task.")
            .Produces<TaskView>().Refuses(404);
        routes.MapPost("/tasks/{id}/stop", Stop)
            .Describe("stopTask", "Stops a task for good. Stopping what has stopped changes nothing.")
            .Accepts<StopRequest>(isOptional: true, "application/json")
            .Produces<TaskView>().Refuses(404, 409, 413, 415);
        routes.MapGet("/tasks/{id}/explanation", Explain)
            .Describe("explainTask", "Says why a task is where it is, and of a queued one what its placement meets.")
            .Produces<TaskExplanation>().Refuses(404);
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var job = query.Text(QueryParameters.Job);
        var service = query.Text(QueryParameters.Service);
        var framework = query.Text(QueryParameters.Framework);
        if (job is not null && service is not null)
            query.Fault(QueryParameters.Service, "A task is of a job or of a service: expected only one of the two.");
        if (framework is not null && (job ?? service) is not null)
            query.Fault(QueryParameters.Framework, "A task of a framework is of no job and no service: expected only one of them.");
        var parent = service is not null ? TaskOwner.ParentOfService(service) : framework is not null ? TaskOwner.ParentOfFramework(framework) : job;
        var state = query.Word<TaskState>(QueryParameters.State);
        var (after, limit) = query.Paging();
        return query.Finish() ?? Answers.Ok(await queries.ListTasks(cluster, parent, state, after, limit, http.RequestAborted));
    }

    private static async Task<IResult> Get(string id, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        return query.Finish() ?? Answers.Of(await TaskLookup.Find(grains, cluster, id), TaskLookup.Missing(cluster, id));
    }

    private static async Task<IResult> Stop(string id, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await StopRequests.Read(http.Request);
        if (!input.IsGood)
            return input.Problem;
        return ApiNames.IsTask(id)
            ? Answers.Of(await grains.GetGrain<ITaskGrain>(GrainKeys.Task(cluster, id)).Stop(StopCode.UserInitiated, input.Value.Reason))
            : Answers.NotFound(TaskLookup.Missing(cluster, id));
    }

    private static async Task<IResult> Explain(string id, HttpContext http, IGrainFactory grains, SchedulerShards shards, TimeProvider clock)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        if (await TaskLookup.Find(grains, cluster, id) is not { } task)
            return Answers.NotFound(TaskLookup.Missing(cluster, id));
        var placement = task is { State: TaskState.Provisioning, DesiredStatus: DesiredStatus.Running } && !(task.NotBefore > clock.GetUtcNow())
            ? await grains.GetGrain<ISchedulerGrain>(shards.KeyForTask(cluster, id)).Explain(id)
            : null;
        return Answers.Ok(TaskSentences.Explain(task, placement));
    }
}
