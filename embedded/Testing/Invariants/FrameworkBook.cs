using System.Text.Json;
using OrleansCluster.Grains.Frameworks;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Frameworks as the database has been told: of one that has died the tasks go on, or are stopped when it has been away for too long, as it chose.</summary>
internal sealed class FrameworkBook(World world, FaultRates faults)
{
    private readonly SortedDictionary<string, FrameworkRecord> _frameworks = new(StringComparer.Ordinal);

    /// <summary>Since when nobody listens for it, by the world's clock.</summary>
    private readonly Dictionary<string, DateTimeOffset> _away = new(StringComparer.Ordinal);

    /// <summary>Those that ask for nothing any more, and that nobody has torn down.</summary>
    private readonly HashSet<string> _dead = new(StringComparer.Ordinal);

    public FrameworkRecord? Find(string name) => _frameworks.GetValueOrDefault(name);

    public void OnDied(string name) => _dead.Add(name);

    public void OnTornDown(string name) => _dead.Remove(name);

    public void OnWritten(StateWrite write)
    {
        if (write.Kind != FrameworkGrainState.Name)
            return;
        var name = GrainKeys.Split(write.Key).Name;
        var before = Find(name);
        var record = write.Json is null ? null : JsonSerializer.Deserialize<FrameworkGrainState>(write.Json, StoreJson.Options)?.Record;
        if (before is { IsRemoved: false } && record is not { IsRemoved: false } && _dead.Contains(name))
            CheckAbandoned(name, before);
        if (record?.DisconnectedAt is not null && record.DisconnectedAt != before?.DisconnectedAt)
            _away[name] = world.Time.GetUtcNow();
        if (record is null)
            _frameworks.Remove(name);
        else
            _frameworks[name] = record;
    }

    public void OnTask(string id, TaskRecord? before, TaskRecord after)
    {
        if (after.Start.OfFramework is null || !_dead.Contains(after.Start.JobId) || Find(after.Start.JobId)?.Spec.Abandoned != AbandonedTasks.Keep)
            return;
        if (before is { Desired: DesiredStatus.Running } && after is { Desired: DesiredStatus.Stopped, StopCode: StopCode.UserInitiated })
            world.Violate($"task {id} is to stop, though framework {after.Start.JobId}, which has died, wanted its tasks kept");
    }

    public IEnumerable<string> LeftOver() => _frameworks.Keys.Select(name => $"framework {name}");

    private void CheckAbandoned(string name, FrameworkRecord record)
    {
        if (record.Spec.Abandoned == AbandonedTasks.Keep)
        {
            world.Violate($"framework {name}, which has died, is removed, though its tasks are to be kept");
            return;
        }

        // Where clocks run apart, what two silos call a time differs.
        var now = world.Time.GetUtcNow();
        var away = now - _away.GetValueOrDefault(name, now);
        if (faults.ClockDrift == 0 && away < TimeSpan.FromSeconds(record.Spec.FailoverTimeout))
            world.Violate($"framework {name} is removed {away} after it went away, and may be away for {record.Spec.FailoverTimeout} s");
    }
}
