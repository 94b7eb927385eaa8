using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class TeamEndpoints
{
    private const string IfMatch = "If-Match";
    private static readonly TimeSpan _longest = TimeSpan.FromDays(366);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/teams", Put)
            .Describe("putTeams", "Declares teams, all of them or none: each is added, or replaces the one of its name. Others stay as they are.")
            .Accepts<TeamSet>("application/json")
            .Produces<Page<TeamView>>().Refuses(413, 415);
        routes.MapGet("/teams", List)
            .Describe("listTeams", "Lists teams that are declared, have claims or have tasks waiting, with what they use.")
            .Produces<Page<TeamView>>().Refuses();
        routes.MapGet("/teams/usage", Usage)
            .Describe("getTeamUsage", "What teams have used, hour by hour, to the second: from each claim's commit to its release, or until now.", QueryParameters.UsageFrom, QueryParameters.UsageTo, QueryParameters.UsageFormat)
            .Produces<Page<TeamUsage>>().Refuses();
        routes.MapGet("/teams/{name}", Get)
            .Describe("getTeam", "Shows a team and what it uses. The ETag header is that of its declaration.")
            .Produces<TeamView>().Refuses(404);
        routes.MapDelete("/teams/{name}", Delete)
            .Describe("deleteTeam", "Takes a team's declaration back; refused while it has children. What runs goes on as an undeclared team's.")
            .WithMetadata(new HeaderMetadata(IfMatch, "Only while the declaration has this ETag."))
            .Produces<TeamSet>().Refuses(404, 409);
    }

    private static async Task<IResult> Put(HttpContext http, IGrainFactory grains, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.Read<TeamSet>(http.Request, _ => []);
        if (!input.IsGood)
            return input.Problem;
        return await StateOf(grains, cluster).PutTeams(input.Value) is { } refusal
            ? Problem.Of(refusal)
            : Answers.Ok(await queries.ListTeams(cluster, http.RequestAborted));
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        return query.Finish() ?? Answers.Ok(await queries.ListTeams(cluster, http.RequestAborted));
    }

    private static async Task<IResult> Get(string name, HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var team = (await queries.ListTeams(cluster, http.RequestAborted)).Items.FirstOrDefault(team => team.Name == name);
        if (team is { ETag.Length: > 0 })
            http.Response.Headers.ETag = $"\"{team.ETag}\"";
        return Answers.Of(team, $"team {name} in cluster {cluster}");
    }

    private static async Task<IResult> Delete(string name, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var etag = http.Request.Headers.IfMatch.ToString().Trim('"');
        return await StateOf(grains, cluster).DeleteTeam(name, etag.Length == 0 ? null : etag) is { } refusal
            ? Problem.Of(refusal)
            : Answers.Ok(new TeamSet { Teams = [] });
    }

    private static async Task<IResult> Usage(HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var to = query.Time(QueryParameters.UsageTo) ?? clock.GetUtcNow();
        var from = query.Time(QueryParameters.UsageFrom) ?? to - TimeSpan.FromDays(1);
        var format = query.Text(QueryParameters.UsageFormat) ?? "json";
        if (format is not ("json" or "csv"))
            query.Fault(QueryParameters.UsageFormat, $"Expected json or csv, found \"{format}\".");
        if (from > to || to - from > _longest)
            query.Fault(QueryParameters.UsageFrom, $"Expected a time up to {_longest.TotalDays} days before \"to\", found {from:O}.");
        if (query.Finish() is { } problem)
            return problem;
        ImmutableArray<TeamUsage> usage = await StateOf(grains, cluster).ReadUsage(from, to);
        return format == "csv" ? Results.Text(UsageCsv.Of(usage), UsageCsv.MediaType) : Answers.Ok(new Page<TeamUsage> { Items = usage });
    }

    private static IClusterStateGrain StateOf(IGrainFactory grains, string cluster) => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(cluster));
}
