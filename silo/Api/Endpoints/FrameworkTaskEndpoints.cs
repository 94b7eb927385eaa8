using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>What a framework does: it launches tasks, answers offers, and deals with what it was told.</summary>
internal static class FrameworkTaskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/frameworks/{name}/launches", Launch)
            .Describe("launchFrameworkTasks", "Claims nodes for tasks and starts them: each is claimed, or refused with a receipt. The same launch again changes nothing and gets the same answer.")
            .OfFramework()
            .Accepts<FrameworkLaunch>("application/json")
            .Produces<FrameworkLaunched>().Refuses(401, 404, 409, 413, 415, 429);
        routes.MapPost("/frameworks/{name}/claims", Claim)
            .Describe(
                "claimForFramework",
                "Claims resources of nodes without tasks: each claim is committed, or refused with a receipt. They stand until a launch names them among its offers, they are released, or their time is over. "
                + "The same transaction again changes nothing while they stand, and gets the same answer.")
            .OfFramework()
            .Accepts<FrameworkClaims>("application/json")
            .Produces<FrameworkClaimed>().Refuses(401, 404, 413, 415, 429);
        routes.MapPost("/frameworks/{name}/claims/release", Release)
            .Describe("releaseFrameworkClaims", "Gives back what was claimed without tasks.")
            .OfFramework()
            .Accepts<ReleaseRequest>("application/json")
            .Produces(204).Refuses(401, 404, 413, 415, 429);
        routes.MapPost("/frameworks/{name}/offers/decline", Decline)
            .Describe("declineOffers", "Gives offers back.")
            .OfFramework()
            .Accepts<DeclineRequest>("application/json")
            .Produces(204).Refuses(401, 404, 413, 415, 429);
        routes.MapPost("/frameworks/{name}/revive", (string name, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, framework => framework.Revive()))
            .Describe("reviveOffers", "Has a framework offered things again, also what it has declined.")
            .OfFramework()
            .Produces(204).Refuses(401, 404, 429);
        routes.MapPost("/frameworks/{name}/suppress", (string name, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, framework => framework.Suppress()))
            .Describe("suppressOffers", "Has a framework offered nothing more until it asks for it.")
            .OfFramework()
            .Produces(204).Refuses(401, 404, 429);
        routes.MapPost("/frameworks/{name}/acknowledge", AcknowledgeAll)
            .Describe("acknowledgeUpdates", "Says that updates have been dealt with: they are not told again. A task whose end was acknowledged is told no more; its name stays its own.")
            .OfFramework()
            .Accepts<AcknowledgeRequest>("application/json")
            .Produces(204).Refuses(401, 404, 413, 415, 429);
        routes.MapPost("/frameworks/{name}/tasks/{task}/acknowledge", Acknowledge)
            .Describe("acknowledgeUpdate", "Says of one update that it has been dealt with.")
            .OfFramework()
            .Accepts<AcknowledgeTaskRequest>("application/json")
            .Produces(204).Refuses(401, 404, 413, 415, 429);
        routes.MapPost("/frameworks/{name}/tasks/{task}/kill", (string name, string task, HttpContext http, IGrainFactory grains) => Ask(name, http, grains, framework => framework.Kill(NameOf(task))))
            .Describe("killFrameworkTask", "Stops a task; what becomes of it is told by an update, also where there is none of that name.")
            .OfFramework()
            .Produces(204).Refuses(401, 404, 429);
        routes.MapPost("/frameworks/{name}/reconcile", Reconcile)
            .Describe("reconcileTasks", "Has updates told of tasks as they are now, which are not to be acknowledged; of none in particular, of all that have not ended.")
            .OfFramework()
            .Accepts<ReconcileRequest>("application/json")
            .Produces(204).Refuses(401, 404, 413, 415, 429);
    }

    private static Task<IResult> Launch(string name, HttpContext http, IGrainFactory grains) =>
        Commit<FrameworkLaunch, FrameworkLaunched>(name, http, grains, (framework, launch) => framework.Launch(launch));

    private static Task<IResult> Claim(string name, HttpContext http, IGrainFactory grains) =>
        Commit<FrameworkClaims, FrameworkClaimed>(name, http, grains, (framework, claims) => framework.Claim(claims));

    private static Task<IResult> Release(string name, HttpContext http, IGrainFactory grains) =>
        Ask<ReleaseRequest>(name, http, grains, (framework, request) => framework.Release(request.Claims));

    private static Task<IResult> Decline(string name, HttpContext http, IGrainFactory grains) =>
        Ask<DeclineRequest>(name, http, grains, (framework, request) => framework.Decline(request.Offers, request.RefuseSeconds));

    private static Task<IResult> AcknowledgeAll(string name, HttpContext http, IGrainFactory grains) =>
        Ask<AcknowledgeRequest>(name, http, grains, (framework, request) => framework.AcknowledgeAll(request.Updates));

    private static Task<IResult> Acknowledge(string name, string task, HttpContext http, IGrainFactory grains) =>
        Ask<AcknowledgeTaskRequest>(name, http, grains, (framework, request) => framework.Acknowledge(NameOf(task), request.State));

    private static Task<IResult> Reconcile(string name, HttpContext http, IGrainFactory grains) =>
        Ask<ReconcileRequest>(name, http, grains, (framework, request) => framework.Reconcile(request.Tasks));

    private static async Task<IResult> Commit<TAsked, TAnswer>(string name, HttpContext http, IGrainFactory grains, Func<IFrameworkGrain, TAsked, Task<Answer<TAnswer>>> commit)
        where TAsked : class
        where TAnswer : class
    {
        var found = await FrameworkCaller.Find(http, grains, name);
        if (!found.IsGood)
            return found.Problem;
        var input = await BodyReader.Read<TAsked>(http.Request, _ => []);
        return input.IsGood ? Answers.Of(await commit(found.Value, input.Value)) : input.Problem;
    }

    private static async Task<IResult> Ask(string name, HttpContext http, IGrainFactory grains, Func<IFrameworkGrain, Task<Refusal?>> ask)
    {
        var found = await FrameworkCaller.Find(http, grains, name);
        return found.IsGood ? FrameworkEndpoints.NoContent(await ask(found.Value)) : found.Problem;
    }

    private static async Task<IResult> Ask<T>(string name, HttpContext http, IGrainFactory grains, Func<IFrameworkGrain, T, Task<Refusal?>> ask)
        where T : class
    {
        var found = await FrameworkCaller.Find(http, grains, name);
        if (!found.IsGood)
            return found.Problem;
        var input = await BodyReader.Read<T>(http.Request, _ => []);
        return input.IsGood ? FrameworkEndpoints.NoContent(await ask(found.Value, input.Value)) : input.Problem;
    }

    /// <summary>Names may have slashes, which the server leaves escaped in paths.</summary>
    private static string NameOf(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
