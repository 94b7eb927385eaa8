using System.Collections.Immutable;
using OrleansCluster.Grains.Services.Autoscaling;

namespace OrleansCluster.Grains.Services;

/// <summary>Its metrics, and what they do: scale it, and let deployments fail.</summary>
internal sealed partial class ServiceGrain
{
    /// <summary>Metrics that come within this time are looked at together.</summary>
    private static readonly TimeSpan _metricsGathering = TimeSpan.FromSeconds(1);

    /// <summary>For how long usage is asked for after somebody has looked: longer than agents leave a service alone.</summary>
    private static readonly TimeSpan _interest = TimeSpan.FromMinutes(2);

    private readonly ServiceMetrics _metrics = new();
    private readonly ScalingHistory _scalingHistory = new();
    private readonly TeamRoom _teamRoom = new();
    private ImmutableDictionary<AlarmSpec, AlarmState> _alarms = AlarmRules.None;
    private AutoscalingSpec? _scaledBy;
    private ScalingBounds? _bounds;
    private DateTimeOffset? _lookedAt;
    private bool _hasToldHeld;

    public async Task<Answer<ServiceMetric>> PutMetric(string metric, double value)
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return Missing();
        if (MetricRules.Check(metric, value) is { IsEmpty: false } faults)
            return Refusal.Faulty("The metric", faults);
        var now = clock.GetUtcNow();
        if (!_metrics.Put(metric, value, now))
            return Refusal.Conflict($"Service {Name} has {ServiceMetrics.Most} metrics already; one is forgotten a minute after it was last put.");
        HaveMetricsLookedAt(record, [metric]);
        return new ServiceMetric { Name = metric, Value = value, At = now };
    }

    public async Task<bool> ReportUsage(ImmutableArray<TaskUsage> tasks)
    {
        await CatchUp();
        if (_record is not { IsDeleted: false } record)
            return false;
        var now = clock.GetUtcNow();
        var running = Running(record);
        foreach (var usage in tasks)
        {
            if (TaskId.TryParse(usage.TaskId, out var service, out _, out var number) && service == Name && running.GetValueOrDefault(number) == usage.Attempt)
                _metrics.Report(number, usage, now);
        }

        if (!tasks.IsEmpty)
            HaveMetricsLookedAt(record, [ScalingPolicy.Cpu, ScalingPolicy.Memory]);
        return _lookedAt + _interest > now || MetricRules.Names(record.Spec).Any(ScalingPolicy.IsMeasured);
    }

    private void HaveMetricsLookedAt(ServiceRecord record, string[] metrics)
    {
        _alarms = AlarmRules.Note(_alarms, record.Spec.DeploymentConfiguration.Alarms, Readings(record), clock.GetUtcNow());
        if (MetricRules.Names(record.Spec).Any(metrics.Contains))
            LookSoon(_metricsGathering);
    }

    /// <summary>The record with the count, and the failure of its deployment, that the metrics ask for; the same object where they ask for nothing.</summary>
    private async Task<ServiceRecord> FollowMetrics(ServiceRecord record, CancellationToken cancellationToken)
    {
        if (record.IsDeleted)
            return record;
        var (now, readings) = (clock.GetUtcNow(), Readings(record));
        _alarms = AlarmRules.Note(_alarms, record.Spec.DeploymentConfiguration.Alarms, readings, now);
        var next = AlarmRules.Judge(record, _alarms, now);
        if (BoundsOf(next, now) is not { } bounds)
            return next;
        var sight = SightOf(next, bounds, readings, now);
        var wants = Autoscaler.Wants(sight);
        _scalingHistory.Note(Autoscaler.Fewest(wants), now);
        var fewest = _scalingHistory.Highest(Autoscaler.WindowOf(sight.Spec), now);
        var decision = Autoscaler.Decide(sight, wants, fewest);
        if (decision.Desired > bounds.Clamp(sight.Desired))
            decision = Autoscaler.Decide(sight with { MostOfTeam = await MostOfTeam(next, cancellationToken) }, wants, fewest);
        if (decision.Held is { } held && !_hasToldHeld)
            next = next.Tell(now, $"{char.ToUpperInvariant(held[0])}{held[1..]}.");

        // Not again when the cool-down is over, nor when the metric was away for a while: only when there was room, or no need, in between.
        _hasToldHeld = decision.Held is not null || (_hasToldHeld && !wants.Any(want => want.Out <= decision.Desired));
        return decision.Reason is { } reason ? ServiceRules.Scaled(next, next.Spec with { DesiredCount = decision.Desired }, now, reason) : next;
    }

    /// <summary>In force now; <see langword="null"/> for a service without autoscaling. Other policies begin without what was seen for those before.</summary>
    private ScalingBounds? BoundsOf(ServiceRecord record, DateTimeOffset now)
    {
        if (!ReferenceEquals(_scaledBy, record.Spec.Autoscaling))
        {
            (_scaledBy, _bounds) = (record.Spec.Autoscaling, null);
            _scalingHistory.Clear();
        }

        if (_scaledBy is not { } spec)
            return null;
        return _bounds is { } known && !(known.Until <= now) ? known : _bounds = ScalingBounds.Of(spec, now);
    }

    private DateTimeOffset? NextByMetrics(DateTimeOffset now) => new[] { AlarmRules.Next(_alarms, now), _bounds?.Until }.Where(at => at > now).Min();

    private async Task<int?> MostOfTeam(ServiceRecord record, CancellationToken cancellationToken)
    {
        var task = record.Revision(record.Primary.Revision).Task;
        var room = await _teamRoom.Read(grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(Cluster)), record.Spec.Team, task, cancellationToken);
        return room + record.Instances.Count(instance => instance.Stopping is null && _tasks.GetValueOrDefault(instance.Number) is { State: > TaskState.Provisioning and < TaskState.Stopped });
    }

    private ScalingSight SightOf(ServiceRecord record, ScalingBounds bounds, IReadOnlyDictionary<string, MetricReading> readings, DateTimeOffset now) => new()
    {
        Spec = record.Spec.Autoscaling!,
        Bounds = bounds,
        Desired = record.Spec.DesiredCount,
        Running = Running(record).Count,
        Metrics = readings,
        Last = record.Scaling ?? new(),
        IsDeploying = record.Primary.IsUnderWay,
        Now = now,
    };

    /// <summary>The attempts of the tasks that run and are to stay, by number.</summary>
    private Dictionary<int, int> Running(ServiceRecord record) => record.Instances
        .Where(instance => instance.Stopping is null && _tasks.GetValueOrDefault(instance.Number) is { State: TaskState.Running, IsLeaving: false })
        .ToDictionary(instance => instance.Number, instance => _tasks[instance.Number].Attempt);

    private SortedDictionary<string, MetricReading> Readings(ServiceRecord record) => _metrics.Read(Running(record), clock.GetUtcNow());

    private ServiceView WithMetrics(ServiceView view, ServiceRecord record) => view with
    {
        Metrics = [.. Readings(record).Select(metric => new ServiceMetric { Name = metric.Key, Value = metric.Value.Value, At = metric.Value.At, Tasks = metric.Value.Tasks > 0 ? metric.Value.Tasks : null })],
        Scaling = BoundsOf(record, clock.GetUtcNow()) is not { } bounds ? null : new ScalingView
        {
            Minimum = bounds.Minimum,
            Maximum = bounds.Maximum,
            LastScaleOut = record.Scaling?.LastOut,
            LastScaleIn = record.Scaling?.LastIn,
            Reason = record.Scaling?.Reason,
        },
    };

    private void ForgetMetrics()
    {
        _metrics.Clear();
        _scalingHistory.Clear();
        _alarms = AlarmRules.None;
        _hasToldHeld = false;
    }
}
