using System.Collections.Immutable;
using OrleansCluster.Grains.Frameworks;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Frameworks themselves: who they are, and what they are told.</summary>
internal static class FrameworkEndpoints
{
    /// <summary>A framework that has not asked for fifteen seconds is taken for disconnected, so each of the steps of a longer wait is shorter.</summary>
    private static readonly TimeSpan _longestStep = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/frameworks/{name}", Put)
            .Describe("putFramework", "Registers a framework, or changes what is known of it. Of a new one the token that is brought along becomes its own; without one it is answered, this once. The same again changes nothing.")
            .Accepts<FrameworkSpec>("application/json")
            .WithMetadata(new HeaderMetadata(FrameworkCaller.Header, "\"Bearer \" and its token: 16 to 128 visible ASCII characters."))
            .Produces<FrameworkRegistration>().Produces<FrameworkRegistration>(201).Refuses(401, 409, 413, 415);
        routes.MapGet("/frameworks", List)
            .Describe("listFrameworks", "Lists frameworks: schedulers that are not the cluster's own.", QueryParameters.After, QueryParameters.Limit)
            .Produces<Page<FrameworkView>>().Refuses();
        routes.MapGet("/frameworks/{name}", Get)
            .Describe("getFramework", "Shows a framework.")
            .Produces<FrameworkView>().Refuses(404);
        routes.MapDelete("/frameworks/{name}", Delete)
            .Describe("deleteFramework", "Stops a framework's tasks; it is gone when they have stopped. Without a token it is whoever runs the cluster that asks; with one, it has to be the framework's.")
            .WithMetadata(new HeaderMetadata(FrameworkCaller.Header, FrameworkCaller.Description))
            .Produces(204).Refuses(401, 404);
        routes.MapPost("/frameworks/{name}/subscribe", Subscribe)
            .Describe("subscribeFramework", "Begins to listen: who listened before is told no more. All updates that are not acknowledged are told again.", QueryParameters.Offers)
            .OfFramework()
            .Produces<FrameworkSubscription>().Refuses(401, 404);
        routes.MapGet("/frameworks/{name}/events", Events)
            .Describe(
                "getFrameworkEvents",
                "What is new in a stream: updates, offers, and offers or claims that stand no more. Asking is what keeps a framework connected: who does not ask for fifteen seconds is taken for gone.",
                QueryParameters.Stream, QueryParameters.AfterInStream, QueryParameters.WaitForEvents)
            .OfFramework()
            .Produces<FrameworkEvents>().Refuses(401, 404);
    }

    public static RouteHandlerBuilder OfFramework(this RouteHandlerBuilder route) => route.WithMetadata(new HeaderMetadata(FrameworkCaller.Header, FrameworkCaller.Description));

    private static async Task<IResult> Put(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var token = FrameworkCaller.Token(http.Request);
        if (!token.IsGood)
            return token.Problem;
        var input = await BodyReader.Read<FrameworkSpec>(http.Request, spec => FaultsOf(spec, name));
        if (!input.IsGood)
            return input.Problem;
        if (!ApiNames.IsFramework(name) || input.Value.Name != name)
            return Problem.Of(Refusal.Faulty("The framework", FaultsOf(input.Value, name)));
        var framework = FrameworkCaller.Of(grains, cluster, name);
        var known = await framework.Get();
        if (known is not null && token.Value != "" && !await framework.IsItsToken(token.Value))
            return Problem.Of(ProblemKind.WrongToken, $"There is a framework {name} already, and the token is not its own.");
        var answer = await framework.Register(input.Value, token.Value);
        return known is null && answer.IsAccepted ? Answers.Json(answer.Value, StatusCodes.Status201Created) : Answers.Of(answer);
    }

    private static ImmutableArray<Fault> FaultsOf(FrameworkSpec spec, string name)
    {
        var faults = FrameworkValidator.Validate(spec);
        return spec.Name == name || faults.Any(fault => fault.Path == "/name") ? faults : faults.Add(new Fault("/name", $"\"{spec.Name}\" found; expected the name in the address, \"{name}\""));
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var (after, limit) = query.Paging();
        return query.Finish() ?? Answers.Ok(await queries.ListFrameworks(cluster, after, limit, http.RequestAborted));
    }

    private static async Task<IResult> Get(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var framework = ApiNames.IsFramework(name) ? await FrameworkCaller.Of(grains, cluster, name).Get() : null;
        return Answers.Of(framework, $"framework {name} in cluster {cluster}");
    }

    private static async Task<IResult> Delete(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        if (http.Request.Headers.Authorization.Count > 0)
        {
            var found = await FrameworkCaller.Find(http, grains, cluster, name);
            return found.IsGood ? NoContent(await found.Value.Teardown()) : found.Problem;
        }

        return ApiNames.IsFramework(name) ? NoContent(await FrameworkCaller.Of(grains, cluster, name).Teardown()) : FrameworkCaller.Missing(cluster, name);
    }

    private static async Task<IResult> Subscribe(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var offers = query.Flag(QueryParameters.Offers);
        if (query.Finish() is { } problem)
            return problem;
        var found = await FrameworkCaller.Find(http, grains, cluster, name);
        return found.IsGood ? Answers.Of(await found.Value.Subscribe(offers)) : found.Problem;
    }

    private static async Task<IResult> Events(string name, HttpContext http, IGrainFactory grains, LongPoll poll)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var stream = query.Text(QueryParameters.Stream);
        var after = query.Number(QueryParameters.AfterInStream) ?? 0;
        var wait = TimeSpan.FromSeconds(query.Number(QueryParameters.WaitForEvents) ?? 0);
        if (query.Finish() is { } problem)
            return problem;
        if (stream is null)
            return Problem.Of(ProblemKind.InvalidQuery, "The query is not understood.", new Fault($"?{QueryParameters.Stream.Name}", "Expected the stream that the subscription has begun, found nothing."));
        var found = await FrameworkCaller.Find(http, grains, cluster, name);
        if (!found.IsGood)
            return found.Problem;
        var events = await found.Value.Next(stream, after, TimeSpan.Zero, http.RequestAborted);
        return Answers.Ok(await poll.Until(
            events,
            some => !some.IsOpen || !some.Events.IsEmpty,
            async (step, token) => await found.Value.Next(stream, after, step < _longestStep ? step : _longestStep, token),
            wait,
            http.RequestAborted));
    }

    public static IResult NoContent(Refusal? refusal) => refusal is null ? Results.NoContent() : Problem.Of(refusal);
}
