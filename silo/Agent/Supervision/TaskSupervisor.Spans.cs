using System.Diagnostics;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>What the agent does for the task, in the trace that the manager's answers name.</summary>
internal sealed partial class TaskSupervisor
{
    private volatile string? _traceParent;

    private Activity? StartSpan(string name) =>
        ClusterTracing.Start(name, _traceParent)?.SetTag("ocs.task", Claim.TaskId).SetTag("ocs.attempt", Claim.Attempt).SetTag("ocs.node", Claim.Node);

    /// <summary>A step on one container, within the span that is current.</summary>
    private static Activity? StartStep(string name, string container) =>
        ClusterTracing.Start(name, ClusterTracing.CurrentTraceParent)?.SetTag("ocs.container", container);

    private static void EndStep(Activity? step, ContainerException refused) => step?.SetStatus(ActivityStatusCode.Error, refused.Reason);

    /// <summary>Afterwards, from the runtime's own times: a container may run longer than the silo that started it.</summary>
    private void TellRuns()
    {
        if (_traceParent is null)
            return;
        foreach (var view in Containers())
        {
            if (view is not { StartedAt: { } started, EndedAt: { } ended })
                continue;
            ClusterTracing.Tell(
                "container.run",
                _traceParent,
                started,
                ended,
                ("ocs.task", Claim.TaskId),
                ("ocs.attempt", Claim.Attempt),
                ("ocs.node", Claim.Node),
                ("ocs.container", view.Name),
                ("ocs.exit_code", view.ExitCode));
        }
    }
}
