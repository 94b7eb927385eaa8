using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// Gangs: the claims of an attempt are written together, no container of one starts before, and the instances stay together. What counts is the first time:
/// asked for once more, a part of the claims may have been given back meanwhile.
/// </summary>
internal sealed class GangBook(World world, string cluster, TaskBook tasks)
{
    /// <summary>How long a gang may be apart when nothing goes wrong any more: a job looks at its tasks every 15 s.</summary>
    private static readonly TimeSpan _longestApart = TimeSpan.FromSeconds(45);

    private readonly HashSet<(string Gang, int Attempt)> _committed = [];
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> _apartSince = new(StringComparer.Ordinal);

    public void OnWritten(CommitUnit unit)
    {
        if (unit.Cluster != cluster)
            return;
        var claims = unit.ClaimsAdded.Select(row => row.Claim).Where(claim => tasks.Find(claim.TaskId)?.Start.Gang == true).ToList();
        foreach (var claim in claims.Where(claim => claim.Gang != GangOf(tasks.Find(claim.TaskId)!)))
            world.Violate($"claim {claim.Id} is of gang '{claim.Gang}', and its task of '{GangOf(tasks.Find(claim.TaskId)!)}'");
        _claimed.UnionWith(claims.Select(claim => claim.Id));
        foreach (var claim in claims.Where(claim => _committed.Add((GangOf(tasks.Find(claim.TaskId)!), claim.Attempt))))
            CheckWhole(claim, claims.Select(other => other.Id).ToHashSet(StringComparer.Ordinal));
    }

    public void OnStarted(ContainerInfo info)
    {
        var (id, attempt) = (info.Labels.TaskId, info.Labels.Attempt);
        if (tasks.Find(id) is not { Start.Gang: true } task)
            return;
        foreach (var other in Left(task).Where(other => other.Attempt < attempt || (other.Attempt == attempt && !_claimed.Contains(Claim.IdOf(IdOf(other), attempt)))))
            world.Violate($"a container of {id}, attempt {attempt}, has started before {IdOf(other)} of its gang, in attempt {other.Attempt}, has a claim");
    }

    /// <summary>An attempt that ends with its gang does so because another one of it is further on.</summary>
    public void OnWritten(string taskId, TaskRecord? before, TaskRecord after)
    {
        var isEvicted = before is { Eviction: null } && after.Eviction is { Code: StopCode.GangEnded };
        var gaveWay = before?.State == TaskState.Provisioning && after.Attempt > before.Attempt && after.EarlierAttempts is [.., { StopCode: StopCode.GangEnded }];
        if ((isEvicted || gaveWay) && !Left(after).Any(other => other.Attempt > before!.Attempt))
            world.Violate($"attempt {before!.Attempt} of {taskId} is ended with its gang, none of which is further on");
    }

    /// <summary>Asked again and again once nothing goes wrong any more.</summary>
    public void CheckTogether()
    {
        var now = world.Time.GetUtcNow();
        var apart = tasks.Live().Where(task => task.Start.Gang && task is { Desired: DesiredStatus.Running, Eviction: null } && IsLeftBehind(task))
            .ToLookup(GangOf, IdOf, StringComparer.Ordinal);
        foreach (var gang in _apartSince.Keys.Where(gang => !apart.Contains(gang)).ToList())
            _apartSince.Remove(gang);
        foreach (var gang in apart)
        {
            if (_apartSince.TryAdd(gang.Key, now) || now - _apartSince[gang.Key] <= _longestApart)
                continue;
            world.Violate($"{string.Join(", ", gang)} of gang {gang.Key} goes on by itself, though another one has failed or is in its next attempt");
        }
    }

    private bool IsLeftBehind(TaskRecord task) => tasks.OfJob(task.Start.JobId).Where(other => other.Start.Name == task.Start.Name)
        .Any(other => other.State == TaskState.Stopped ? !TaskTransitions.Succeeded(other) : other.Attempt > task.Attempt);

    private void CheckWhole(Claim claim, HashSet<string> written)
    {
        foreach (var other in Left(tasks.Find(claim.TaskId)!))
        {
            if (other.Attempt != claim.Attempt)
                world.Violate($"claim {claim.Id} is written while {IdOf(other)} of its gang is in attempt {other.Attempt}");
            else if (!written.Contains(Claim.IdOf(IdOf(other), other.Attempt)))
                world.Violate($"claim {claim.Id} is written without one of {IdOf(other)}, which is of its gang");
        }
    }

    /// <summary>All of its gang that have not stopped.</summary>
    private IEnumerable<TaskRecord> Left(TaskRecord task) =>
        tasks.OfJob(task.Start.JobId).Where(other => other.Start.Name == task.Start.Name && other.State != TaskState.Stopped);

    private static string GangOf(TaskRecord task) => TaskId.GangOf(task.Start.JobId, task.Start.Name);

    private static string IdOf(TaskRecord task) => TaskId.Of(task.Start.JobId, task.Start.Name, task.Start.Index);
}
