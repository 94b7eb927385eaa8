using System.Globalization;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Tasks.Validation;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class DefinitionEndpoints
{
    private const string Latest = "latest";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/task-definitions", Register)
            .Describe("registerTaskDefinition", "Registers the next revision of a family; what equals the newest one is that revision.")
            .Accepts<TaskDefinitionSpec>("application/json")
            .Produces<TaskDefinition>().Produces<TaskDefinition>(201).Refuses(409, 413, 415);
        routes.MapGet("/task-definitions", List)
            .Describe("listTaskDefinitions", "Lists revisions by family, the newest first.", QueryParameters.Family, QueryParameters.After, QueryParameters.Limit)
            .Produces<Page<TaskDefinition>>().Refuses();
        routes.MapGet("/task-definitions/{family}/{revision}", Get)
            .Describe("getTaskDefinition", "Shows a revision, by its number or as \"latest\".")
            .Produces<TaskDefinition>().Refuses(404);
    }

    private static async Task<IResult> Register(HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.Read<TaskDefinitionSpec>(http.Request, TaskDefinitionValidator.Validate);
        if (!input.IsGood)
            return input.Problem;

        var grain = grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(KeyOf(input.Value)));
        var newest = await grain.Get(null);
        var answer = await grain.Register(input.Value);
        if (!answer.IsAccepted)
            return Problem.Of(answer.Refusal);
        if (newest?.Revision == answer.Value.Revision)
            return Answers.Ok(answer.Value);
        http.Response.Headers.Location = $"/v1/task-definitions/{answer.Value.Family}/{answer.Value.Revision}";
        return Answers.Json(answer.Value, StatusCodes.Status201Created);
    }

    private static async Task<IResult> List(HttpContext http, IClusterQueries queries)
    {
        var query = new QueryReader(http.Request.Query);
        query.Cluster();
        var family = query.Text(QueryParameters.Family);
        var (after, limit) = query.Paging();
        return query.Finish() ?? Answers.Ok(await queries.ListDefinitions(family, after, limit, http.RequestAborted));
    }

    private static async Task<IResult> Get(string family, string revision, HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var number = int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : (int?)null;
        if (number is null && revision != Latest)
            return Answers.NotFound($"revision \"{revision}\": expected a number or \"{Latest}\"");
        var definition = ApiNames.IsFamily(family) ? await grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(family)).Get(number) : null;
        return Answers.Of(definition, number is null ? $"task definition of family {family}" : $"task definition {family}:{number}");
    }

    // A family that is no name must not become a key; the grain refuses it together with the specification's other faults.
    private static string KeyOf(TaskDefinitionSpec spec) => ApiNames.IsFamily(spec.Family) ? spec.Family : "invalid";
}
