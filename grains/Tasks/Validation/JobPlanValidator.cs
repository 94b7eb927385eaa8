using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Judges a plan by itself. Whether its nodes are still as it says is not seen from here.</summary>
public static class JobPlanValidator
{
    /// <summary>Every fault of the plan and of the job in it; none means valid.</summary>
    public static ImmutableArray<Fault> Validate(JobPlan? plan)
    {
        var faults = new FaultList();
        if (plan is null)
        {
            faults.Add("", "expected a plan, found nothing");
            return faults.ToImmutable();
        }

        foreach (var fault in JobValidator.ValidateId(plan.JobId))
            faults.Add("/jobId", fault.Message);
        foreach (var fault in JobValidator.Validate(plan.Spec).AddRange(ValidateSpec(plan.Spec)))
            faults.Add($"/spec{fault.Path}", fault.Message);

        // What a placement means is only known of a job that makes sense.
        if (faults.ToImmutable().IsEmpty)
            CheckPlacements(faults, plan);
        return faults.ToImmutable();
    }

    /// <summary>The faults of a job that none can be planned of: where its tasks will run when it starts cannot be known before.</summary>
    public static ImmutableArray<Fault> ValidateSpec(JobSpec? spec)
    {
        var faults = new FaultList();
        if (spec?.StartAt is not null)
            faults.Add("/startAt", "a job that starts later cannot be planned: expected none");
        if (spec?.DependsOn.IsDefaultOrEmpty == false)
            faults.Add("/dependsOn", "a job that waits for others cannot be planned: expected none");
        return faults.ToImmutable();
    }

    private static void CheckPlacements(FaultList faults, JobPlan plan)
    {
        var tasks = plan.Spec.Tasks.ToDictionary(task => task.Name, StringComparer.Ordinal);
        var planned = new HashSet<(string Task, int Index)>();
        foreach (var (path, placement) in faults.Items("/placements", plan.Placements, SpecLimits.InstancesPerJob))
        {
            faults.CheckName($"{path}/node", placement.Node);
            if (!long.TryParse(placement.NodeVersion, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                faults.Add($"{path}/nodeVersion", $"{Quoted.Of(placement.NodeVersion)} is no version: expected the number that the plan was given");
            if (placement.Task is null || !tasks.TryGetValue(placement.Task, out var task))
                faults.Add($"{path}/task", $"{Quoted.Of(placement.Task)} is no task of this job");
            else if (!task.DependsOn.IsDefaultOrEmpty || !task.DependsOnEach.IsDefaultOrEmpty)
                faults.Add($"{path}/task", $"{Quoted.Of(placement.Task)} starts after other tasks: expected one that depends on none");
            else
                CheckIndexes(faults, path, placement, Math.Min(task.Count, task.Parallelism ?? task.Count), planned);
        }

        foreach (var task in plan.Spec.Tasks.Where(task => task.Gang))
        {
            if (planned.Count(instance => instance.Task == task.Name) is > 0 and var placed && placed < task.Count)
                faults.Add("/placements", $"{placed} of the {task.Count} instances of gang {Quoted.Of(task.Name)} are placed: expected all of them or none");
        }
    }

    private static void CheckIndexes(FaultList faults, string path, JobPlacement placement, int count, HashSet<(string Task, int Index)> planned)
    {
        if (placement.Indexes.IsDefaultOrEmpty)
            faults.Add($"{path}/indexes", "expected at least one index, found none");
        for (var i = 0; !placement.Indexes.IsDefault && i < placement.Indexes.Length; i++)
        {
            var index = placement.Indexes[i];
            faults.CheckRange($"{path}/indexes/{i}", index, 0, count - 1);
            if (!planned.Add((placement.Task, index)))
                faults.Add($"{path}/indexes/{i}", $"{placement.Task}.{index} is placed twice");
        }
    }
}
