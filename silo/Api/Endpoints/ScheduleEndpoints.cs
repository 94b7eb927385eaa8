using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Schedules;
using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class ScheduleEndpoints
{
    private const int NewLength = 8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/schedules/{name}", Put)
            .Describe("putSchedule", "Makes a schedule, or changes it. The same again changes nothing; jobs that have started stay as they are.")
            .Accepts<ScheduleSpec>("application/json")
            .Produces<ScheduleView>().Refuses(413, 415);
        routes.MapGet("/schedules", List)
            .Describe("listSchedules", "Lists schedules.", QueryParameters.After, QueryParameters.Limit)
            .Produces<Page<ScheduleView>>().Refuses();
        routes.MapGet("/schedules/{name}", Get)
            .Describe("getSchedule", "Shows a schedule, its next start and what became of the last ones.")
            .Produces<ScheduleView>().Refuses(404);
        routes.MapDelete("/schedules/{name}", (string name, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, schedule => schedule.Delete()))
            .Describe("deleteSchedule", "Removes a schedule: nothing starts any more. Jobs that have started go on. Answers with the schedule as it was.")
            .Produces<ScheduleView>().Refuses(404);
        routes.MapPost("/schedules/{name}/run", Run)
            .Describe("runSchedule", "Starts a job beside the schedule, also while it is paused. The same Idempotency-Key is the same run.")
            .WithMetadata(new HeaderMetadata(IdempotencyKey.Header, "Names this run, so that it can be repeated: 1 to 128 visible ASCII characters."))
            .Produces<ScheduleRun>().Refuses(404);
        routes.MapPost("/schedules/{name}/pause", (string name, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, schedule => schedule.SetPaused(true)))
            .Describe("pauseSchedule", "Starts nothing any more by itself; what comes meanwhile is not missed.")
            .Produces<ScheduleView>().Refuses(404);
        routes.MapPost("/schedules/{name}/resume", (string name, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, schedule => schedule.SetPaused(false)))
            .Describe("resumeSchedule", "Goes on with the next start that comes.")
            .Produces<ScheduleView>().Refuses(404);
    }

    private static async Task<IResult> Put(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.Read<ScheduleSpec>(http.Request, ScheduleValidator.Validate);
        if (!input.IsGood)
            return input.Problem;

        // A name that is no name must not become part of a key; the grain refuses it together with the specification's other faults.
        return Answers.Of(await ScheduleOf(grains, cluster, ApiNames.IsSchedule(name) ? name : "invalid").Put(input.Value));
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var (after, limit) = query.Paging();
        return query.Finish() ?? Answers.Ok(await queries.ListSchedules(cluster, after, limit, http.RequestAborted));
    }

    private static async Task<IResult> Get(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        return Answers.Of(ApiNames.IsSchedule(name) ? await ScheduleOf(grains, cluster, name).Get() : null, $"schedule {name} in cluster {cluster}");
    }

    private static async Task<IResult> Run(string name, HttpContext http, IGrainFactory grains, IIdSource ids)
    {
        var key = IdempotencyKey.Read(http.Request);
        if (!key.IsGood)
            return key.Problem;
        return await Ask(name, http, grains, (schedule, cluster) => schedule.RunNow(key.Value == "" ? ids.NewId(NewLength) : JobIds.SuffixOf(cluster, key.Value)));
    }

    private static Task<IResult> Ask<T>(string name, HttpContext http, IGrainFactory grains, Func<IScheduleGrain, Task<Answer<T>>> ask)
        where T : class => Ask(name, http, grains, (schedule, _) => ask(schedule));

    private static async Task<IResult> Ask<T>(string name, HttpContext http, IGrainFactory grains, Func<IScheduleGrain, string, Task<Answer<T>>> ask)
        where T : class
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        return ApiNames.IsSchedule(name) ? Answers.Of(await ask(ScheduleOf(grains, cluster, name), cluster)) : Answers.NotFound($"schedule {name} in cluster {cluster}");
    }

    private static IScheduleGrain ScheduleOf(IGrainFactory grains, string cluster, string name) => grains.GetGrain<IScheduleGrain>(GrainKeys.Schedule(cluster, name));
}
