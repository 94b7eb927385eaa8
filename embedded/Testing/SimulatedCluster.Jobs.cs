using OrleansCluster.Files;

namespace OrleansCluster.Testing;

/// <summary>Jobs, their tasks and definitions, as a client of the cluster sees them.</summary>
public sealed partial class SimulatedCluster
{
    private const int PageSize = 1000;

    /// <summary>Shorter than an answer may take.</summary>
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(5);

    /// <summary>Registers the next revision of a task definition. What equals the newest revision is that revision.</summary>
    /// <returns>The revision; or, refused, every fault, and nothing has changed.</returns>
    public Task<Answer<TaskDefinition>> Register(TaskDefinitionSpec definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Ask(silo => silo.Engine.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(definition.Family)).Register(definition));
    }

    /// <summary>Submits a job under an id of the caller's: the same again with the same specification changes nothing.</summary>
    /// <param name="jobId">Lower-case letters, digits and hyphens, beginning with a letter, 1 to 128 characters.</param>
    /// <returns>The job; or, refused, every fault, and nothing has changed.</returns>
    public async Task<Answer<JobView>> Submit(string jobId, JobSpec spec)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jobId);
        ArgumentNullException.ThrowIfNull(spec);
        return await AskJob(jobId, job => job.Submit(spec));
    }

    /// <summary>Submits a job under a new id, which is its name with something added. It is durable when this returns.</summary>
    /// <exception cref="ArgumentException">The cluster refuses it; the message lists everything that is wrong.</exception>
    public async Task<JobView> Submit(JobSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var answer = await SubmitAsNew(spec);
        return answer.IsAccepted
            ? answer.Value
            : throw new ArgumentException(string.Join(Environment.NewLine, [answer.Refusal.Title, .. answer.Refusal.Faults.Select(f => $"{f.Path}: {f.Message}")]), nameof(spec));
    }

    /// <summary>Submits the job in a file, under a new id: what <c>ocs job submit</c> does.</summary>
    /// <param name="path">
    /// YAML or JSON. A relative path begins at the folder of the test's program (<see cref="AppContext.BaseDirectory"/>), where the build puts what is copied to the output.
    /// </param>
    /// <exception cref="SourceFileException">There is no such file, it is no job, or the cluster refuses it; the message lists all faults with their lines.</exception>
    public async Task<JobView> SubmitFile(string path)
    {
        var document = SourceFile.Open<JobSpec>(FullPath(path));
        var answer = await SubmitAsNew(document.To<JobSpec>());
        return answer.IsAccepted ? answer.Value : throw document.Refused(answer.Refusal);
    }

    /// <summary>Registers the task definition in a file: what <c>ocs definition register</c> does.</summary>
    /// <param name="path">As for <see cref="SubmitFile"/>.</param>
    /// <exception cref="SourceFileException">As for <see cref="SubmitFile"/>.</exception>
    public async Task<TaskDefinition> RegisterFile(string path)
    {
        var document = SourceFile.Open<TaskDefinitionSpec>(FullPath(path));
        var answer = await Register(document.To<TaskDefinitionSpec>());
        return answer.IsAccepted ? answer.Value : throw document.Refused(answer.Refusal);
    }

    /// <returns><see langword="null"/> where there is no such job.</returns>
    public async Task<JobView?> GetJob(string jobId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jobId);
        return (await AskJob(jobId, async job => Found(await job.Get()))).Value;
    }

    /// <summary>Stops all tasks of a job and starts no more; it has not ended yet when this returns. Stopping what has ended changes nothing.</summary>
    /// <returns>The job; or a refusal: there is no such job.</returns>
    public async Task<Answer<JobView>> StopJob(string jobId, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jobId);
        return await AskJob(jobId, job => job.Stop(reason));
    }

    /// <summary>Runs until the job has ended, one way or the other.</summary>
    /// <exception cref="ArgumentException">There is no such job.</exception>
    /// <exception cref="SimulationException">It has not within <see cref="SimulationOptions.Patience"/>; the message says where its tasks are and why they wait.</exception>
    public async Task<JobView> WaitForJob(string jobId)
    {
        var end = Time + Options.Patience;
        var job = await Existing(jobId);
        while (!job.HasEnded)
        {
            if (Time >= end)
                throw Late($"job {jobId} has ended. It is {job.Status}: {await DescribeLive(jobId)}");
            var (version, wait) = (job.Version, _poll < end - Time ? _poll : end - Time);
            job = (await AskJob(jobId, async grain => Found(await grain.Watch(version, wait, CancellationToken.None)))).Value ?? job;
        }

        return job;
    }

    /// <returns>All tasks of the job that have been started so far, in the order of their ids; none where there is no such job.</returns>
    public async Task<IReadOnlyList<TaskView>> ListTasks(string jobId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jobId);
        var tasks = new List<TaskView>();
        string? after = null;
        do
        {
            var page = await Ask(silo => silo.Queries.ListTasks(Options.Cluster, jobId, null, after, PageSize, CancellationToken.None));
            tasks.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return tasks;
    }

    private Task<Answer<JobView>> SubmitAsNew(JobSpec spec) => Submit($"{spec.Name}-{_ids.NewId(8)}", spec);

    private async Task<JobView> Existing(string jobId) => await GetJob(jobId) ?? throw new ArgumentException($"There is no job {jobId}.", nameof(jobId));

    /// <summary>Asks a job, and holds the cluster to its answer from then on.</summary>
    private async Task<Answer<JobView>> AskJob(string jobId, Func<IJobGrain, Task<Answer<JobView>>> question)
    {
        var mark = _invariants?.Mark() ?? 0;
        var answer = await Ask(silo => question(silo.Engine.GetGrain<IJobGrain>(GrainKeys.Job(Options.Cluster, jobId))));
        if (answer.IsAccepted)
            _invariants?.OnAnswer(answer.Value, mark);
        else if (answer.Refusal.Kind == RefusalKind.NotFound)
            _invariants?.OnNoJob(jobId, mark);
        return answer;
    }

    private static Answer<JobView> Found(JobView? job) => job is null ? Refusal.NotFound("There is no such job.") : job;

    private async Task<string> DescribeLive(string jobId)
    {
        var live = (await ListTasks(jobId)).Where(task => task.State != TaskState.Stopped).ToList();
        var lines = new List<string>();
        foreach (var task in live.Take(Shown))
        {
            var where = task.Node is { } node ? $" on {node}" : await Explain(task.Id) is { } explanation ? $" ({explanation.Summary})" : "";
            lines.Add($"{task.Id} is {task.State}{where}");
        }

        return lines.Count == 0 ? "none of its tasks is under way" : Shorten([.. lines, .. live.Skip(Shown).Select(task => task.Id)]);
    }

    private static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Path.Combine(AppContext.BaseDirectory, path);
    }
}
