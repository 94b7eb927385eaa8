using System.Collections.Concurrent;
using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Supervision;

namespace OrleansCluster.Silo.Agent.Usage;

/// <summary>
/// Tells services what their tasks here use, of those alone that want to know: one message for each service and period. Losing one matters to nobody, since the next says as much.
/// </summary>
internal sealed class UsageReporter(AgentOptions options, TaskSet tasks, IContainerRuntime runtime, IGrainFactory grains, TimeProvider clock)
{
    private const int AtOnce = 4;
    private const double Percent = 100;
    private const double BytesOfMiB = 1 << 20;

    /// <summary>For how long a service is left alone that does not want to know.</summary>
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(60);

    private readonly Gate _gate = new(AtOnce);
    private readonly ConcurrentDictionary<string, bool> _wants = new();
    private readonly ConcurrentDictionary<string, long> _askedAt = new();
    private ConcurrentDictionary<string, ContainerUsage> _earlier = new();

    /// <summary>One step of the loop.</summary>
    public async Task Step(CancellationToken cancellationToken)
    {
        await Task.Delay(options.UsagePeriod, clock, cancellationToken);
        var services = tasks.RunningOfServices().GroupBy(task => TaskId.JobOf(task.Claim.TaskId)).ToDictionary(service => service.Key, service => service.ToList());
        foreach (var gone in _wants.Keys.Where(service => !services.ContainsKey(service)).ToList())
        {
            _wants.TryRemove(gone, out _);
            _askedAt.TryRemove(gone, out _);
        }

        var read = new ConcurrentDictionary<string, ContainerUsage>();
        try
        {
            await Task.WhenAll(services.Where(IsDue).ToList().Select(service => Report(service.Key, service.Value, read, cancellationToken)));
        }
        finally
        {
            _earlier = read;
        }
    }

    private bool IsDue(KeyValuePair<string, List<RunningTask>> service) =>
        _wants.GetValueOrDefault(service.Key) || !_askedAt.TryGetValue(service.Key, out var since) || clock.GetElapsedTime(since) >= _rest;

    private async Task Report(string service, List<RunningTask> running, ConcurrentDictionary<string, ContainerUsage> read, CancellationToken cancellationToken)
    {
        // Whoever has not said so yet is asked first: reading costs more than a question.
        var usages = ImmutableArray.CreateBuilder<TaskUsage>();
        foreach (var task in _wants.GetValueOrDefault(service) ? running : [])
        {
            if (await Read(task, read, cancellationToken) is { } usage)
                usages.Add(usage);
        }

        _askedAt[service] = clock.GetTimestamp();
        _wants[service] = await grains.GetGrain<IServiceGrain>(GrainKeys.Service(options.Cluster, service)).ReportUsage(usages.ToImmutable()).WaitAsync(cancellationToken);
    }

    private async Task<TaskUsage?> Read(RunningTask task, ConcurrentDictionary<string, ContainerUsage> read, CancellationToken cancellationToken)
    {
        var (millicores, bytes) = ((double?)0, 0L);
        foreach (var id in task.Containers)
        {
            using var place = await _gate.Enter(cancellationToken);
            if (await runtime.ReadUsage(id, cancellationToken) is not { } now)
                return null;
            read[id] = now;
            bytes += now.Memory;
            millicores += _earlier.TryGetValue(id, out var before) && now.At > before.At ? (now.Cpu - before.Cpu) / (now.At - before.At) * 1000 : null;
        }

        var claimed = task.Claim.Resources;
        return new TaskUsage
        {
            TaskId = task.Claim.TaskId,
            Attempt = task.Claim.Attempt,
            Cpu = claimed.Cpu > 0 ? millicores / claimed.Cpu * Percent : null,
            Memory = claimed.Memory > 0 ? bytes / BytesOfMiB / claimed.Memory * Percent : null,
        };
    }
}
