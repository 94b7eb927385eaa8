using System.Collections.Immutable;

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
        _rules = directive.Rules;
        _checkpoints.Hear(directive);
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
            _inbox.Wake();
        }
        else
        {
            _limits.Approved(_rules);
            WatchRunTime();
            _inbox.Approve(session);
        }
    }

    /// <summary>Tells the manager, if it does not know yet. What is told never goes back, whatever the containers look like.</summary>
    private void Observe(TaskDefinition definition)
    {
        var now = TaskPlan.StateOf(definition, _inbox.End, _containers);
        Observe(now > _state ? now : _state);
        WatchRunTime();
    }

    private void WatchRunTime()
    {
        if (_rules is not null && _state == TaskState.Running && Containers().Select(view => view.StartedAt).Min() is { } since)
            _limits.Runs(_rules, since);
    }

    private void Observe(TaskState state)
    {
        _state = state;
        if (_inbox.IsReleased)
            return;
        if (_reported is { } known && known.State == state && IsKnown(known.Containers))
            return;
        var end = state >= TaskState.Stopping ? _inbox.End : null;
        var observation = new TaskObservation
        {
            TaskId = Claim.TaskId,
            Attempt = Claim.Attempt,
            Node = Claim.Node,
            State = state,
            Containers = [.. _containers.Values.Select(StateOf)],
            StopCode = end?.Code,
            Reason = end?.Reason,
        };
        _reported = observation;
        _context.Reporter.Offer(this, observation);
    }

    private ContainerState StateOf(ContainerView view) =>
        _definition is { } definition ? view.ToState() with { Ports = TaskPorts.Of(view, definition, _context.Options.Address) } : view.ToState();

    /// <summary>Whether nothing is worth another report; times alone are not.</summary>
    private bool IsKnown(ImmutableArray<ContainerState> reported)
    {
        if (reported.Length != _containers.Count)
            return false;
        for (var i = 0; i < reported.Length; i++)
        {
            var view = _containers.GetValueAtIndex(i);
            if ((reported[i].Status, reported[i].ExitCode, reported[i].Reason, reported[i].Health) != (view.Status, view.ExitCode, view.Reason, view.Health))
                return false;
            if (!reported[i].Ports.SequenceEqual(StateOf(view).Ports))
                return false;
        }

        return true;
    }
}
