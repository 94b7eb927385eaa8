using System.Text.Json;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Jobs as the database has been told and as clients have: what was acknowledged is there, and an answer never takes an earlier one back.</summary>
internal sealed class JobBook(World world, TaskBook tasks)
{
    private readonly SortedDictionary<string, JobRecord> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<(long At, JobStatus Status)>> _answers = new(StringComparer.Ordinal);
    private long _now;

    public JobRecord? Find(string jobId) => _jobs.GetValueOrDefault(jobId);

    public long Mark() => ++_now;

    public void OnWritten(StateWrite write)
    {
        if (write.Kind != JobGrainState.Name)
            return;
        var id = GrainKeys.Split(write.Key).Name;
        if (write.Json is null || JsonSerializer.Deserialize<JobGrainState>(write.Json, StoreJson.Options)?.Record is not { } job)
        {
            world.Violate($"job {id} was deleted");
            return;
        }

        // What was read while a write waited is written as it was (StoredStates.Write): that changes nothing.
        if (_written.GetValueOrDefault(id) == write.Json)
            return;
        _written[id] = write.Json;
        if (_jobs.TryGetValue(id, out var before) && (before.HasEnded() || Rank(job.Status) < Rank(before.Status)))
            world.Violate($"job {id} went from {before.Status} to {job.Status}");
        if (before is null)
            CheckOverrides(id, job);
        if (job.Status == JobStatus.Succeeded)
            CheckSuccess(id, job);
        else if (job.HasEnded() && tasks.OfJob(id).FirstOrDefault(task => task.State is > TaskState.Provisioning and < TaskState.Stopped) is { } live)
            world.Violate($"job {id} is {job.Status} while {live.Start.Name}.{live.Start.Index} is {live.State}");
        _jobs[id] = job;
    }

    /// <summary>A task has been started: what it depends on has succeeded, and it is not one too many.</summary>
    public void OnBegun(TaskRecord task)
    {
        if (task.Start.IsOfService || task.Start.OfFramework is not null)
            return;
        var job = task.Start.JobId;
        if (_jobs.GetValueOrDefault(job)?.Spec.Tasks.FirstOrDefault(spec => spec.Name == task.Start.Name) is not { } spec)
        {
            world.Violate($"task {job}.{task.Start.Name}.{task.Start.Index} begins, and there is no such job or task");
            return;
        }

        var done = tasks.OfJob(job).Where(tasks.HasSucceeded).Select(other => (other.Start.Name, other.Start.Index)).ToHashSet();
        foreach (var name in spec.DependsOn)
        {
            var count = _jobs[job].Spec.Tasks.First(other => other.Name == name).Count;
            if (Enumerable.Range(0, count).Any(index => !done.Contains((name, index))))
                world.Violate($"task {job}.{spec.Name}.{task.Start.Index} begins before all of {name} have succeeded");
        }

        foreach (var name in spec.DependsOnEach.Where(name => !done.Contains((name, task.Start.Index))))
            world.Violate($"task {job}.{spec.Name}.{task.Start.Index} begins before {name}.{task.Start.Index} has succeeded");
        var live = tasks.OfJob(job).Count(other => other.Start.Name == spec.Name && other.State != TaskState.Stopped);
        if (live > spec.Parallelism)
            world.Violate($"task {job}.{spec.Name}.{task.Start.Index} begins though {spec.Parallelism} of them may be there at a time");
    }

    public void OnAnswer(JobView job, long asked)
    {
        if (!_jobs.ContainsKey(job.Id))
            world.Violate($"a client was told of job {job.Id}, which the database does not have");
        var answers = AnswersOf(job.Id);
        foreach (var (_, status) in answers.Where(answer => answer.At < asked))
        {
            if (Rank(job.Status) < Rank(status) || (Rank(status) == Rank(JobStatus.Succeeded) && status != job.Status))
                world.Violate($"job {job.Id} is {job.Status} now, though a client was told before that it is {status}");
        }

        answers.Add((Mark(), job.Status));
    }

    public void OnNone(string jobId, long asked)
    {
        if (AnswersOf(jobId).Any(answer => answer.At < asked))
            world.Violate($"a client was told that there is no job {jobId}, though it was told of it before");
    }

    /// <summary>Jobs that were acknowledged and have not ended, and tasks that have not though their job has.</summary>
    public IEnumerable<string> LeftOver() =>
        tasks.Live().Select(task => $"task {task.Start.JobId}.{task.Start.Name}.{task.Start.Index}, {task.State}").Concat(UnendedJobs());

    private IEnumerable<string> UnendedJobs() =>
        _answers.Where(answer => answer.Value.Count > 0 && _jobs.GetValueOrDefault(answer.Key)?.HasEnded() != true)
            .Select(answer => $"job {answer.Key}, {_jobs.GetValueOrDefault(answer.Key)?.Status.ToString() ?? "lost"}");

    /// <summary>What overrides ask for is what the job's tasks will claim, together with the containers that none is for.</summary>
    private void CheckOverrides(string id, JobRecord job)
    {
        foreach (var (spec, resolved) in job.Spec.Tasks.Zip(job.Tasks).Where(task => !task.First.Overrides.IsDefaultOrEmpty))
        {
            if (resolved.Resources.Cpu < spec.Overrides.Sum(change => change.Cpu ?? 0) || resolved.Resources.Memory < spec.Overrides.Sum(change => change.Memory ?? 0))
                world.Violate($"task {spec.Name} of job {id} asks for {resolved.Resources}, less than its overrides do");
        }
    }

    private void CheckSuccess(string id, JobRecord job)
    {
        var succeeded = tasks.OfJob(id).Count(tasks.HasSucceeded);
        if (succeeded != job.Spec.Tasks.Sum(task => task.Count))
            world.Violate($"job {id} is SUCCEEDED with {succeeded} of {job.Spec.Tasks.Sum(task => task.Count)} tasks succeeded");
    }

    private List<(long At, JobStatus Status)> AnswersOf(string jobId)
    {
        if (!_answers.TryGetValue(jobId, out var answers))
            _answers.Add(jobId, answers = []);
        return answers;
    }

    private static int Rank(JobStatus status) => status switch
    {
        JobStatus.Running => 0,
        JobStatus.Stopping => 1,
        _ => 2,
    };
}
