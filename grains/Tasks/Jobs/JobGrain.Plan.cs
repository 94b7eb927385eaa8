using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>Jobs that are placed as they were planned.</summary>
internal sealed partial class JobGrain
{
    private IClusterStateGrain ClusterState => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster));

    public async Task<Answer<JobPlan>> Plan(JobSpec spec)
    {
        await CatchUp();
        if (_job is not null)
            return Refusal.Conflict($"Job {Id} exists already.");
        var (references, refusal) = await Examine(spec, isPlanned: true);
        if (refusal is not null)
            return refusal;
        var job = ToRecord(spec, JobResolver.Unregistered(spec, references));
        return JobPlans.Of(job, await Scheduler.Propose(JobPlans.ToRequests(job, clock.GetUtcNow())));
    }

    public async Task<Answer<JobView>> SubmitPlan(JobPlan plan)
    {
        await CatchUp();
        if (plan.Placements.IsDefault)
            plan = plan with { Placements = [] };
        if (_job is null)
        {
            if (await Accept(plan) is { } refusal)
                return refusal;
        }
        else if (StoreJson.ContentOf(_job.Spec) != StoreJson.ContentOf(plan.Spec) || StoreJson.ContentOf(_job.Plan) != StoreJson.ContentOf(plan.Placements))
        {
            return Refusal.Conflict($"Job {Id} exists already, with another specification or plan.");
        }

        await CarryOutPlan();
        return _job!.PlanStatus switch
        {
            JobPlanStatus.Refused => DoesNotHold(_job.PlanFaults),

            // It came to its end first, so that nobody can say any more that all of it was where it had been planned.
            JobPlanStatus.Pending => Refusal.Conflict($"Job {Id} was stopped or ended before its plan was known to be placed; show it to see what became of it."),
            _ => View(),
        };
    }

    /// <summary>Makes a job of a plan that holds at this moment.</summary>
    private async Task<Refusal?> Accept(JobPlan plan)
    {
        ImmutableArray<Fault> faults = JobPlanValidator.Validate(plan);
        if (faults.IsEmpty && plan.JobId != Id)
            faults = [new Fault("/jobId", $"'{plan.JobId}' found; expected '{Id}'")];
        if (!faults.IsEmpty)
            return Refuse(faults);
        var (references, refusal) = await Examine(plan.Spec, isPlanned: true);
        if (refusal is not null)
            return refusal;

        // Before anything is written, so that a plan that does not hold any more leaves nothing behind.
        var planned = Planned(ToRecord(plan.Spec, JobResolver.Unregistered(plan.Spec, references)));
        var preview = await ClusterState.Preview(JobPlans.ToTransaction(planned, clock.GetUtcNow()));
        if (JobPlans.ChangesOf(planned, preview.Outcomes) is { IsEmpty: false } changes)
            return DoesNotHold(changes);
        return await Take(plan.Spec, references, Planned);

        JobRecord Planned(JobRecord job) => job with { Plan = plan.Placements, PlanStatus = JobPlanStatus.Pending };
    }

    /// <summary>
    /// Brings the planned tasks into being, so that the agents find them, and then claims their nodes, all or nothing. Whoever repeats it after a crash
    /// finds what was done before.
    /// </summary>
    private async Task CarryOutPlan()
    {
        if (_job is not { PlanStatus: JobPlanStatus.Pending, Status: JobStatus.Running } job)
            return;
        var tasks = await Start([.. job.Plan.SelectMany(placement => placement.Indexes.Select(index => (_progress.IndexOf(placement.Task), index)))], queues: false, check: null);

        // Repeated, it may be that late that claims have been given back: then the tasks tell where they were.
        var placed = JobPlans.PlacedBefore(job, tasks);
        var rest = JobPlans.ToTransaction(job, clock.GetUtcNow(), placed);
        var outcomes = JobPlans.Outcomes(job, placed, rest.Claims.IsEmpty ? [] : await ClusterState.Commit(rest));
        var changes = JobPlans.ChangesOf(job, outcomes);

        // It may have gone on meanwhile, even to its end: that all of it was placed is to be said all the same.
        if (_job is not { PlanStatus: JobPlanStatus.Pending } now)
            return;
        if (changes.IsEmpty)
        {
            await Save(now with { PlanStatus = JobPlanStatus.Placed }, "job.placed");
            return;
        }

        if (now.Status != JobStatus.Running)
            return;
        await BeginToStop(now with
        {
            PlanStatus = JobPlanStatus.Refused,
            PlanFaults = changes,
            Status = JobStatus.Stopping,
            Reason = $"The plan no longer held: {changes[0].Message}.",
        });
    }

    private static Refusal DoesNotHold(ImmutableArray<Fault> changes) =>
        Refusal.Conflict("The plan no longer holds; nothing was placed. Ask for a new one.", changes);
}
