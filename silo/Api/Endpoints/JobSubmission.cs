using System.Diagnostics;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Runtime.Telemetry;
using OrleansCluster.Grains.Tasks.Validation;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class JobSubmission
{
    /// <summary>New ids tried before giving up; one clash of 40 bits is rare enough.</summary>
    private const int MostTries = 5;

    public static async Task<IResult> Submit(HttpContext http, IGrainFactory grains, IIdSource ids)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var key = IdempotencyKey.Read(http.Request);
        if (!key.IsGood)
            return key.Problem;
        var input = await BodyReader.Read<JobSpec>(http.Request, JobValidator.Validate);
        if (!input.IsGood)
            return input.Problem;
        using var span = ClusterTracing.StartRoot("job.submit")?.SetTag("ocs.cluster", cluster).SetTag("ocs.job.name", input.Value.Name);
        return key.Value == ""
            ? await SubmitNew(http, grains, ids, cluster, input.Value)
            : await SubmitKeyed(http, grains, cluster, key.Value, input.Value);
    }

    private static async Task<IResult> SubmitKeyed(HttpContext http, IGrainFactory grains, string cluster, string key, JobSpec spec)
    {
        var grain = grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, JobIds.Derive(spec, cluster, key)));
        var existed = await grain.Get() is not null;
        var answer = await grain.Submit(spec);
        if (answer.Refusal is { Kind: RefusalKind.Conflict } refusal)
            return Problem.Of(ProblemKind.Conflict, $"This {IdempotencyKey.Header} has been used with another body. {refusal.Title}", refusal.Faults);
        return existed ? Answers.Of(answer) : Created(http, cluster, answer);
    }

    private static async Task<IResult> SubmitNew(HttpContext http, IGrainFactory grains, IIdSource ids, string cluster, JobSpec spec)
    {
        for (var tries = 1; ; tries++)
        {
            var grain = grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, JobIds.New(spec, ids)));

            // An equal specification under the same id would be taken for a repetition, so a clash shows here, not in the answer.
            if (await grain.Get() is not null && tries < MostTries)
                continue;
            var answer = await grain.Submit(spec);
            if (answer.Refusal is not { Kind: RefusalKind.Conflict } || tries >= MostTries)
                return Created(http, cluster, answer);
        }
    }

    public static IResult Created(HttpContext http, string cluster, Answer<JobView> answer)
    {
        if (!answer.IsAccepted)
            return Problem.Of(answer.Refusal);
        Activity.Current?.SetTag("ocs.job", answer.Value.Id);
        http.Response.Headers.Location = $"/v1/jobs/{answer.Value.Id}{(cluster == ApiNames.DefaultCluster ? "" : $"?cluster={cluster}")}";
        return Answers.Json(answer.Value, StatusCodes.Status201Created);
    }
}
