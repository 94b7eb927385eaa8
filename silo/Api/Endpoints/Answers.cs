using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Turns what grains answer into HTTP.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T value) => Json(value, StatusCodes.Status200OK);

    public static IResult Json<T>(T value, int status) => Results.Json(value, ClusterJson.Options, "application/json", status);

    public static IResult Of<T>(Answer<T> answer)
        where T : class =>
        answer.IsAccepted ? Ok(answer.Value) : Problem.Of(answer.Refusal);

    public static IResult Of<T>(T? value, string whatIsMissing)
        where T : class =>
        value is null ? NotFound(whatIsMissing) : Ok(value);

    public static Problem NotFound(string what) => Problem.Of(ProblemKind.NotFound, $"There is no {what}.");
}
