using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Runtime.Telemetry;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>
/// Tasks on nodes of the caller's choice: a job with a plan that names them, made here instead of by a scheduler. What refuses it is the commit of its claims; others that take from the
/// same nodes at the same time only cost another look at them.
/// </summary>
internal static class TaskStarting
{
    /// <summary>Looks at the nodes before it is said that they change too fast.</summary>
    private const int MostTries = 10;

    public static async Task<IResult> Start(HttpContext http, IGrainFactory grains, IIdSource ids)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        if (query.Finish() is { } problem)
            return problem;
        var key = IdempotencyKey.Read(http.Request);
        if (!key.IsGood)
            return key.Problem;
        var input = await BodyReader.Read<StartTaskRequest>(http.Request, StartedJob.Validate);
        if (!input.IsGood)
            return input.Problem;
        if (StartedJob.Validate(input.Value) is { IsEmpty: false } faults)
            return Problem.Of(Refusal.Faulty("The request", faults));
        using var span = ClusterTracing.StartRoot("job.submit")?.SetTag("ocs.cluster", cluster).SetTag("ocs.job.name", input.Value.StartedBy);
        var spec = StartedJob.ToSpec(input.Value);
        if (key.Value == "")
            return await Submit(http, grains, cluster, input.Value, spec, () => JobIds.New(spec, ids));
        var id = JobIds.Derive(spec, cluster, key.Value);
        var job = grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, id));
        return await job.Get() is not null && await job.Submit(spec) is { IsAccepted: true } again
            ? Answers.Of(again)
            : await Submit(http, grains, cluster, input.Value, spec, () => id);
    }

    private static async Task<IResult> Submit(HttpContext http, IGrainFactory grains, string cluster, StartTaskRequest request, JobSpec spec, Func<string> newId)
    {
        for (var tries = 1; ; tries++)
        {
            var nodes = await Find(grains, cluster, request, http.RequestAborted);
            if (FaultsOf(cluster, request, nodes) is { IsEmpty: false } missing)
                return Problem.Of(Refusal.Invalid("Nothing was started.", missing));
            var plan = StartedJob.ToPlan(request, spec, newId(), [.. nodes.Select(node => node!)]);
            var answer = await grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, plan.JobId)).SubmitPlan(plan);
            if (answer.IsAccepted)
                return JobSubmission.Created(http, cluster, answer);

            // A plan that does not hold any more has left nothing behind. Whether the nodes have only changed, or are too full, the next look tells.
            if (answer.Refusal.Kind == RefusalKind.Conflict && tries < MostTries && await HasChanged(grains, cluster, request, nodes, http.RequestAborted))
                continue;
            return Problem.Of(answer.Refusal with
            {
                Title = answer.Refusal is { Kind: RefusalKind.Conflict, Faults.IsEmpty: false } ? "Nothing was started: not all of it can be where it was asked for." : answer.Refusal.Title,
                Faults = [.. answer.Refusal.Faults.Select(StartedJob.ToRequest)],
            });
        }
    }

    private static async Task<bool> HasChanged(IGrainFactory grains, string cluster, StartTaskRequest request, ImmutableArray<NodeSnapshot?> before, CancellationToken cancellationToken)
    {
        var now = await Find(grains, cluster, request, cancellationToken);
        return !now.Select(node => node?.ETag).SequenceEqual(before.Select(node => node?.ETag));
    }

    private static async Task<ImmutableArray<NodeSnapshot?>> Find(IGrainFactory grains, string cluster, StartTaskRequest request, CancellationToken cancellationToken)
    {
        var state = await grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(cluster)).Read(ClusterVersion.None, isFresh: true, TimeSpan.Zero, cancellationToken);
        var nodes = state.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        return [.. request.Nodes.Select(nodes.GetValueOrDefault)];
    }

    private static ImmutableArray<Fault> FaultsOf(string cluster, StartTaskRequest request, ImmutableArray<NodeSnapshot?> nodes) =>
    [
        .. nodes.Select((node, i) => node is null ? new Fault(StartedJob.Path(i), $"there is no node {request.Nodes[i]} in cluster {cluster}") : null).OfType<Fault>(),
    ];
}
