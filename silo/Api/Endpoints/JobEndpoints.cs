using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class JobEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/jobs", JobSubmission.Submit)
            .Describe("submitJob", "Submits a job. The same Idempotency-Key with the same body gives the same job; with another body for the same job name, a conflict. Keys count within one job name.")
            .Accepts<JobSpec>("application/json")
            .WithMetadata(new HeaderMetadata(IdempotencyKey.Header, "Names this submission, so that it can be repeated: 1 to 128 visible ASCII characters."))
            .Produces<JobView>().Produces<JobView>(201).Refuses(409, 413, 415);
        routes.MapPost("/jobs/plan", JobPlanning.Plan)
            .Describe("planJob", "Says where a job's first tasks would run if it were submitted now, with the versions of the nodes that this rests on. Nothing changes.")
            .Accepts<JobSpec>("application/json")
            .Produces<JobPlan>().Refuses(413, 415);
        routes.MapPost("/jobs/planned", JobPlanning.Submit)
            .Describe("submitJobPlan", "Submits a job and places it as planned, all or nothing; a conflict where a node has changed since. The same plan again gives the same answer.")
            .Accepts<JobPlan>("application/json")
            .Produces<JobView>().Produces<JobView>(201).Refuses(409, 413, 415);
        routes.MapGet("/jobs", List)
            .Describe("listJobs", "Lists jobs.", QueryParameters.Status, QueryParameters.After, QueryParameters.Limit)
            .Produces<Page<JobView>>().Refuses();
        routes.MapGet("/jobs/{id}", Get)
            .Describe("getJob", "Shows a job; with \"version\" and \"wait\", as soon as it has changed.", QueryParameters.Version, QueryParameters.Wait)
            .Produces<JobView>().Refuses(404);
        routes.MapPost("/jobs/{id}/stop", Stop)
            .Describe("stopJob", "Stops a job's tasks and starts no more. Stopping what has ended changes nothing.")
            .Accepts<StopRequest>(isOptional: true, "application/json")
            .Produces<JobView>().Refuses(404, 409, 413, 415);
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var status = query.Word<JobStatus>(QueryParameters.Status);
        var (after, limit) = query.Paging();
        return query.Finish() ?? Answers.Ok(await queries.ListJobs(cluster, status, after, limit, http.RequestAborted));
    }

    private static async Task<IResult> Get(string id, HttpContext http, IGrainFactory grains, LongPoll poll)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var (version, wait) = query.Watch();
        if (query.Finish() is { } problem)
            return problem;
        var missing = $"job {id} in cluster {cluster}";
        if (!ApiNames.IsJob(id))
            return Answers.NotFound(missing);
        var grain = grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, id));
        var job = version is { } known
            ? await poll.Until(await grain.Get(), one => one.Version != known, (step, token) => grain.Watch(known, step, token), wait, http.RequestAborted)
            : await grain.Get();
        return Answers.Of(job, missing);
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
        return ApiNames.IsJob(id)
            ? Answers.Of(await grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, id)).Stop(input.Value.Reason))
            : Answers.NotFound($"job {id} in cluster {cluster}");
    }
}
