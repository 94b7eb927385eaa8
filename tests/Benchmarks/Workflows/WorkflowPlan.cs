using System.Collections.Immutable;
using OrleansCluster.Benchmarks.Workflows.Format;
using OrleansCluster.Benchmarks.Workflows.Jobs;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Benchmarks.Workflows;

/// <summary>What is to be run of a file, and on which nodes.</summary>
/// <param name="Nodes">Cores of each.</param>
internal sealed record WorkflowPlan(string File, Workflow Workflow, WorkflowShape Shape, ImmutableArray<double> Nodes, JobSpec Job)
{
    public double Cores => Nodes.Sum();

    /// <summary><see langword="null"/> where the file has faults, which it then holds.</summary>
    public static WorkflowPlan? Of(string name, WfFile file, WorkflowSettings settings)
    {
        if (file.Workflow is not { } workflow)
            return null;
        var job = WorkflowJob.Of(workflow, settings.K, settings.Image);
        foreach (var fault in JobValidator.Validate(job))
            file.Faults.Add($"as a job, {fault.Path}: {fault.Message}");
        ImmutableArray<double> nodes = settings.Cores is { } cores ? [cores] : workflow.Machines;
        if (settings.Emit is null)
            CheckNodes(file, workflow, nodes);
        return file.Faults.Count == 0 ? new WorkflowPlan(name, workflow, WorkflowShape.Of(workflow.Tasks), nodes, job) : null;
    }

    private static void CheckNodes(WfFile file, Workflow workflow, ImmutableArray<double> nodes)
    {
        if (nodes.IsEmpty)
        {
            file.Faults.Add("/workflow/execution/machines: no machine is recorded with its cores: say --cores N");
            return;
        }

        var largest = nodes.Max();
        foreach (var task in workflow.Tasks.Where(task => task.Cores > largest))
            file.Faults.Add(FormattableString.Invariant($"'{task.Id}' had {task.Cores} cores, and no machine has more than {largest}: say --cores N"));
    }
}
