using System.Diagnostics.CodeAnalysis;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Scale.Frameworks;

/// <summary>Tasks of one framework as they come, and what became of them.</summary>
internal sealed class FrameworkLoad
{
    public const int Cpu = 1000;
    private const int ShortestSeconds = 5;
    private const int LongestSeconds = 15;

    private readonly Queue<LoadTask> _coming = new();
    private readonly Dictionary<string, LoadTask> _claimed = new(StringComparer.Ordinal);
    private readonly Queue<LoadTask> _refused = new();

    /// <summary>Those that have been claimed once.</summary>
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    /// <param name="every">Between the comings of two; zero for all at once.</param>
    public FrameworkLoad(int tasks, TimeSpan every, SeededRandom random)
    {
        for (var task = 0; task < tasks; task++)
            _coming.Enqueue(new LoadTask($"t{task}", random.Between(ShortestSeconds, LongestSeconds), every * task, Tries: 0));
    }

    public static double MeanSeconds => (ShortestSeconds + LongestSeconds) / 2.0;

    public List<double> Waits { get; } = [];
    public long Launches { get; set; }
    public long Conflicts { get; private set; }
    public long Declined { get; set; }
    public long Preempted { get; private set; }

    /// <summary>Core seconds of what has ended.</summary>
    public long Done { get; private set; }

    public bool IsOver => _coming.Count == 0 && _refused.Count == 0 && _claimed.Count == 0;

    public bool HasWaiting(TimeSpan now) => _refused.Count > 0 || (_coming.TryPeek(out var next) && next.At <= now);

    /// <summary>When the next comes; <see langword="null"/> where all have.</summary>
    public TimeSpan? NextAt => _coming.TryPeek(out var next) ? next.At : null;

    public bool TryTake(TimeSpan now, [NotNullWhen(true)] out LoadTask? task)
    {
        if (_refused.TryDequeue(out task))
            return true;
        if (!_coming.TryPeek(out task) || task.At > now)
            return false;
        _coming.Dequeue();
        return true;
    }

    /// <param name="usesUpNames">A task that was refused has stopped under its name.</param>
    public void Settle(LoadTask task, bool isClaimed, bool usesUpNames, TimeSpan now)
    {
        if (isClaimed)
        {
            if (_begun.Add(task.Name))
                Waits.Add((now - task.At).TotalSeconds);
            _claimed[task.FullName] = task;
        }
        else
        {
            Conflicts++;
            _refused.Enqueue(usesUpNames ? task with { Tries = task.Tries + 1 } : task);
        }
    }

    public void End(string fullName)
    {
        if (_claimed.Remove(fullName, out var task))
            Done += task.Seconds;
    }

    /// <summary>Something of a higher priority has its place: it begins anew.</summary>
    public void Preempt(string fullName)
    {
        if (!_claimed.Remove(fullName, out var task))
            return;
        Preempted++;
        _refused.Enqueue(task with { Tries = task.Tries + 1 });
    }
}
