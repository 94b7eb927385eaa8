namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>What is said to the manager, and what it answers.</summary>
internal sealed partial class TaskSupervisor
{
    /// <summary>Reports its state once more, changed or not.</summary>
    public void ReportAgain()
    {
        if (_reported is { } observation)
            _context.Reporter.Offer(this, observation);
        else
            _inbox.Wake();
    }

    /// <summary>The manager's answer to a report.</summary>
    public void Answered(AgentSession session, TaskState reported, TaskDirective directive)
    {
        _traceParent = directive.TraceParent;
        if (directive.Release)
        {
            if (reported == TaskState.Stopped)
                _inbox.Release();
            else
                _inbox.ToEndReleased(TaskEnd.Unclaimed);
        }
        else if (directive.Desired == DesiredStatus.Stopped)
        {
            _inbox.ToEnd(TaskEnd.Asked);
        }
        else
        {
            _inbox.Approve(session);
        }
    }

    /// <summary>Tells the manager, if it does not know yet. What is told never goes back, whatever the containers look like.</summary>
    private void Observe(TaskDefinition definition)
    {
        var now = TaskPlan.StateOf(definition, _inbox.End, _containers);
        Observe(now > _state ? now : _state);
    }

    private void Observe(TaskState state)
    {
        _state = state;
        if (_inbox.IsReleased)
            return;
        var end = state >= TaskState.Stopping ? _inbox.End : null;
        var observation = new TaskObservation
        {
            TaskId = Claim.TaskId,
            Attempt = Claim.Attempt,
            Node = Claim.Node,
            State = state,
            Containers = [.. _containers.Values.Select(view => view.ToState())],
            StopCode = end?.Code,
            Reason = end?.Reason,
        };
        if (_reported is { } known && known.State == state && known.Containers.Select(Essence).SequenceEqual(observation.Containers.Select(Essence)))
            return;
        _reported = observation;
        _context.Reporter.Offer(this, observation);
    }

    /// <summary>What is worth a report; times alone are not.</summary>
    private static (ContainerStatus, int?, string?) Essence(ContainerState container) => (container.Status, container.ExitCode, container.Reason);
}
