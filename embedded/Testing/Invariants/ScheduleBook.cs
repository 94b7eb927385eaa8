using System.Text.Json;
using OrleansCluster.Grains.Schedules;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Schedules as the database has been told: no moment is started twice, and where jobs are to be one after the other, none begins while one before it lives.</summary>
internal sealed class ScheduleBook(World world, JobBook jobs)
{
    private readonly SortedDictionary<string, ScheduleRecord> _schedules = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> _moments = new(StringComparer.Ordinal);

    /// <summary>Of each schedule that is there, the jobs that were to be submitted, in their order.</summary>
    private readonly Dictionary<string, List<string>> _started = new(StringComparer.Ordinal);

    /// <summary>Of all that ever were there.</summary>
    private readonly SortedSet<string> _all = new(StringComparer.Ordinal);

    public ScheduleRecord? Find(string name) => _schedules.GetValueOrDefault(name);

    public void OnWritten(StateWrite write)
    {
        if (write.Kind != ScheduleGrainState.Name)
            return;
        var name = GrainKeys.Split(write.Key).Name;
        var record = write.Json is null ? null : JsonSerializer.Deserialize<ScheduleGrainState>(write.Json, StoreJson.Options)?.Record;
        if (record is null)
        {
            _schedules.Remove(name);
            _started.Remove(name);
            return;
        }

        if (record.LastMoment < _moments.GetValueOrDefault(name))
            world.Violate($"schedule {name} went back from {_moments[name]:O} to {record.LastMoment:O}");
        if (record.Due <= record.LastMoment)
            world.Violate($"schedule {name} is due at {record.Due:O}, and has dealt with {record.LastMoment:O}");
        var before = _schedules.GetValueOrDefault(name)?.Starting?.JobId;
        if (record.Starting is { } start && start.JobId != before)
            OnStart(name, record, start);
        _moments[name] = record.LastMoment;
        _schedules[name] = record;
    }

    /// <summary>A task has been started: the jobs that its own waits for have ended.</summary>
    public void OnBegun(TaskRecord task)
    {
        foreach (var other in (task.Start.IsOfService || task.Start.OfFramework is not null ? null : jobs.Find(task.Start.JobId))?.Spec.DependsOn ?? [])
        {
            if (jobs.Find(other.Job)?.HasEnded() == false)
                world.Violate($"task {task.Start.JobId}.{task.Start.Name} begins while {other.Job}, which its job waits for, has not ended");
        }
    }

    /// <summary>Jobs that were started and have not ended: they wait for others, perhaps.</summary>
    public IEnumerable<string> LeftOver() => _all.Where(IsLive).Select(job => $"job {job} of a schedule");

    private void OnStart(string name, ScheduleRecord record, ScheduleStart start)
    {
        if (!_started.TryGetValue(name, out var started))
            _started.Add(name, started = []);
        if (!_all.Add(start.JobId))
            world.Violate($"schedule {name} starts {start.JobId} a second time");
        if (record.Spec.Overlap == OverlapPolicy.Skip && started.Find(IsLive) is { } live)
            world.Violate($"schedule {name} starts {start.JobId} while {live} has not ended");
        started.Add(start.JobId);
    }

    private bool IsLive(string job) => jobs.Find(job)?.HasEnded() == false;
}
