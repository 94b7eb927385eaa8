using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Silo.Agent.Health;

/// <summary>
/// Checks those containers of one task that its agent checks itself (http, tcp), in a loop beside the supervisor's, which may be busy for long. What it finds goes into
/// the supervisor's inbox, once a change.
/// </summary>
internal sealed class HealthProbes(TaskInbox inbox, AgentContext context)
{
    private readonly Signal _changed = new(context.Clock);
    private readonly Lock _lock = new();
    private readonly SortedList<string, Probed> _containers = new(StringComparer.Ordinal);

    /// <summary>Whether the agent checks it, and not the container runtime.</summary>
    public static bool Covers(HealthCheckSpec? check) => check is { Http: not null } or { Tcp: not null };

    /// <summary>The container runs. Called again and again; the first time counts.</summary>
    public void Watch(string container, string id, HealthCheckSpec check, DateTimeOffset startedAt)
    {
        lock (_lock)
        {
            if (_containers.ContainsKey(container))
                return;
            var tracker = HealthTracker.Begin(HealthTiming.Of(check), startedAt, context.Clock.GetUtcNow());
            _containers.Add(container, new Probed(container, id, check, tracker, context.Clock.GetTimestamp()));
        }

        _changed.Set();
    }

    /// <summary>Nothing more is to be found out: it has ended, or is about to be stopped.</summary>
    public void Forget(string container)
    {
        lock (_lock)
            _containers.Remove(container);
    }

    /// <summary>One step of the loop: all that are due together, or the wait for the first of them.</summary>
    public async Task Step(CancellationToken cancellationToken)
    {
        Probed[] all;
        lock (_lock)
            all = [.. _containers.Values];
        if (all.Length == 0)
        {
            await _changed.Wait(Timeout.InfiniteTimeSpan, cancellationToken);
            return;
        }

        var left = all.Min(Left);
        if (left > TimeSpan.Zero)
            await _changed.Wait(left, cancellationToken);
        else
            await Task.WhenAll(all.Where(probed => Left(probed) <= TimeSpan.Zero).Select(probed => Check(probed, cancellationToken)));
    }

    private async Task Check(Probed probed, CancellationToken cancellationToken)
    {
        using var place = await context.Probes.Enter(cancellationToken);
        var began = context.Clock.GetUtcNow();
        var failure = await Ask(probed, cancellationToken);
        var tracker = probed.Tracker.After(new ProbeResult(began, failure), context.Clock.GetUtcNow());
        lock (_lock)
        {
            if (!_containers.TryGetValue(probed.Container, out var known) || known.Id != probed.Id)
                return;
            _containers[probed.Container] = probed with { Tracker = tracker, Since = context.Clock.GetTimestamp() };
        }

        if (tracker.Status != probed.Tracker.Status)
            inbox.Found(probed.Container, new HealthFinding(tracker.Status, tracker.Reason));
    }

    /// <returns>What it ran into; <see langword="null"/> for a success.</returns>
    private async Task<string?> Ask(Probed probed, CancellationToken cancellationToken)
    {
        var timeout = HealthTiming.Of(probed.Check).Timeout;
        using var limit = new CancellationTokenSource(timeout, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await context.Runtime.Probe(probed.Id, probed.Check, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {timeout.TotalSeconds:0} s";
        }
    }

    private TimeSpan Left(Probed probed) => probed.Tracker.Pause - context.Clock.GetElapsedTime(probed.Since);

    /// <param name="Since">When its tracker's pause began.</param>
    private sealed record Probed(string Container, string Id, HealthCheckSpec Check, HealthTracker Tracker, long Since);
}
