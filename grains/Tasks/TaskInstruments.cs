using System.Diagnostics.Metrics;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Grains.Tasks;

internal sealed class TaskInstruments
{
    public const string MeterName = "OrleansCluster.Tasks";

    private static readonly string[] _states = [.. Enum.GetValues<TaskState>().Select(TaskGrainState.StatusOf)];

    private readonly Counter<long> _transitions;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _startDuration;
    private readonly Histogram<double> _runDuration;

    public TaskInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _transitions = meter.CreateCounter<long>("ocs.task.transitions", "{transition}", "States that task attempts have come to.");
        _ended = meter.CreateCounter<long>("ocs.task.ended", "{attempt}", "Task attempts that have ended, by cause and success.");
        _startDuration = meter.CreateHistogram(
            "ocs.task.start.duration", "s", "Time from an attempt's queueing, for the first one its submission, to its containers running.", advice: Buckets.Long);
        _runDuration = meter.CreateHistogram("ocs.task.run.duration", "s", "Time that an attempt ran.", advice: Buckets.Long);
    }

    public void Started(string cluster) => Reached(cluster, TaskState.Provisioning);

    public void Moved(string cluster, TaskRecord before, TaskRecord after)
    {
        if (AttemptEnd.Of(before, after) is { } ended)
        {
            if (after.Attempt != before.Attempt)
                Reached(cluster, TaskState.Stopped);
            _ended.Add(
                1, new("cluster", cluster), new("stop_code", ended.StopCode.ToString()), new("outcome", ended.Succeeded ? "succeeded" : "failed"));
            if (ended.StartedAt is { } ran)
                Record(_runDuration, cluster, ended.At - ran);
        }

        foreach (var state in TaskTransitions.Reached(before, after))
            Reached(cluster, state);
        if (before.StartedAt is null && after.StartedAt is { } started)
            Record(_startDuration, cluster, started - after.QueuedAt);
    }

    private void Reached(string cluster, TaskState state) => _transitions.Add(1, new("cluster", cluster), new("state", _states[(int)state]));

    private static void Record(Histogram<double> histogram, string cluster, TimeSpan took) =>
        histogram.Record(Math.Max(0, took.TotalSeconds), new KeyValuePair<string, object?>("cluster", cluster));
}
