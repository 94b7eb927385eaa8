using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Runtime.Telemetry;
using OrleansCluster.Grains.Tasks.Validation;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Jobs that are looked at before they are submitted.</summary>
internal static class JobPlanning
{
    public static async Task<IResult> Plan(HttpContext http, IGrainFactory grains, IIdSource ids)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.Read<JobSpec>(http.Request, JobValidator.Validate);
        return input.IsGood
            ? Answers.Of(await grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, JobIds.New(input.Value, ids))).Plan(input.Value))
            : input.Problem;
    }

    public static async Task<IResult> Submit(HttpContext http, IGrainFactory grains)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var input = await BodyReader.Read<JobPlan>(http.Request, JobPlanValidator.Validate);
        if (!input.IsGood)
            return input.Problem;

        // Here as well as by the grain: the id that finds the grain is part of what is checked.
        if (JobPlanValidator.Validate(input.Value) is { IsEmpty: false } faults)
            return Problem.Of(Refusal.Invalid("The plan has faults.", faults));
        using var span = ClusterTracing.StartRoot("job.submit")?.SetTag("ocs.cluster", cluster).SetTag("ocs.job.name", input.Value.Spec.Name);
        var grain = grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, input.Value.JobId));
        var existed = await grain.Get() is not null;
        var answer = await grain.SubmitPlan(input.Value);
        return existed ? Answers.Of(answer) : JobSubmission.Created(http, cluster, answer);
    }
}
