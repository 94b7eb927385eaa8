using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

internal static class ServiceDisplay
{
    private const int EventsShown = 5;

    public static void Write(Invocation call, ServiceView service)
    {
        if (call.IsJson)
        {
            call.Json.Write(service);
            return;
        }

        WriteDetails(call, service);
        ScalingDisplay.Write(call, service);
        WriteDeployments(call, service);
        WriteHooks(call, service);
        WriteTasks(call, service);
        WriteMoves(call, service);
        WriteEvents(call, service);
    }

    private static void WriteDetails(Invocation call, ServiceView service)
    {
        var spec = service.Spec;
        new Details()
            .Add("Service", spec.Name)
            .Add("Status", Words.Of(service.Status))
            .Add("Tasks", $"{service.Desired} desired, {service.Pending} pending, {service.Running} running, {service.Healthy} healthy")
            .Add("Kind", Words.Of(spec.SchedulingStrategy))
            .Add("Team", $"{spec.Team}, priority {spec.Priority}")
            .Add("Definition", service.Deployments.FirstOrDefault()?.Definition ?? spec.Definition)
            .Add("Deployments", ServiceText.Deployments(spec.DeploymentConfiguration))
            .Add("Fail at", ServiceText.Breaker(spec.DeploymentConfiguration.CircuitBreaker))
            .Add("Or by", ServiceText.Alarms(spec.DeploymentConfiguration.Alarms))
            .Add("Scaled", ScalingText.Bounds(service))
            .Add("", ScalingText.Last(service, call.Now))
            .Add("Constraints", string.Join(" and ", spec.PlacementConstraints))
            .Add("Strategy", string.Join(", then ", spec.PlacementStrategy))
            .Add("Rebalancing", ServiceText.Rebalancing(spec.Rebalancing))
            .Add("Created", ShortTime.Exact(service.CreatedAt))
            .WriteTo(call.Console);
    }

    private static void WriteDeployments(Invocation call, ServiceView service)
    {
        call.Host.Out.WriteLine();
        var grid = new Grid("DEPLOYMENT", "REVISION", "DEFINITION", "STATUS", "STAGE", "HEALTHY", "FAILURES", "BEGAN", "TOOK", "REASON");
        foreach (var deployment in service.Deployments)
        {
            var reason = deployment.RollbackOf is { } other ? $"takes deployment {other} back. {deployment.Reason}".TrimEnd() : deployment.Reason ?? "";
            var isUnderWay = deployment.Status == DeploymentStatus.InProgress;
            grid.Add(
                deployment.Number, deployment.Revision, deployment.Definition, Words.Of(deployment.Status), isUnderWay ? Words.Of(deployment.Stage) : "-",
                isUnderWay ? $"{deployment.Healthy}/{service.Desired}" : "-", DeploymentText.Failures(deployment), ShortTime.Ago(deployment.CreatedAt, call.Now),
                ShortTime.Span(deployment.CreatedAt, deployment.EndedAt, call.Now), reason);
        }

        grid.WriteTo(call.Console);
    }

    private static void WriteHooks(Invocation call, ServiceView service)
    {
        if (service.Deployments is not [{ Hooks: { IsDefaultOrEmpty: false } hooks }, ..]) return;
        call.Host.Out.WriteLine();
        var grid = new Grid("HOOK", "STAGE", "STATUS", "BEGAN", "UNTIL", "JOB", "REASON");
        foreach (var hook in hooks)
            grid.Add(hook.Name, Words.Of(hook.Stage), Words.Of(hook.Status), ShortTime.Ago(hook.Since, call.Now), ShortTime.Exact(hook.Until), hook.JobId ?? "approval", hook.Reason ?? "");
        grid.WriteTo(call.Console);
    }

    private static void WriteTasks(Invocation call, ServiceView service)
    {
        if (service.Tasks.IsDefaultOrEmpty) return;
        call.Host.Out.WriteLine();
        var grid = new Grid("TASK", "REVISION", "STATE", "NODE", "FAILURES", "STARTED", "NOTE");
        foreach (var task in service.Tasks)
            grid.Add(task.Id, task.Revision, Words.Of(task.State), task.Node ?? "-", task.Failures, ShortTime.Ago(task.StartedAt, call.Now), ServiceText.Note(task));
        grid.WriteTo(call.Console);
    }

    /// <summary>Also what <c>ocs service rebalance</c> shows.</summary>
    public static void WriteMoves(Invocation call, ServiceView service)
    {
        if (service.SuggestedMoves.IsDefaultOrEmpty) return;
        call.Host.Out.WriteLine();
        var grid = new Grid("MOVE", "FROM", "TO");
        foreach (var move in service.SuggestedMoves)
            grid.Add(move.TaskId, move.From, move.To);
        grid.WriteTo(call.Console);
    }

    private static void WriteEvents(Invocation call, ServiceView service)
    {
        if (service.Events.IsDefaultOrEmpty) return;
        call.Host.Out.WriteLine();
        foreach (var happened in service.Events.Take(EventsShown).Reverse())
            call.Host.Out.WriteLine(ServiceText.Line(happened));
        if (service.Events.Length > EventsShown) call.Host.Out.WriteLine($"More: ocs service events {service.Spec.Name}");
    }
}
