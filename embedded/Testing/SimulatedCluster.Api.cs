using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing;

/// <summary>What a client may ask of the cluster: each call goes to one of the silos, and runs the world until it is answered.</summary>
public sealed partial class SimulatedCluster
{
    private static readonly TimeSpan _answerTime = TimeSpan.FromSeconds(60);

    public Task<Answer<TaskDefinition>> Register(TaskDefinitionSpec definition) =>
        Ask(silo => silo.Engine.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(definition.Family)).Register(definition));

    /// <summary>Submits a job under an id of the caller's: the same again with the same specification changes nothing.</summary>
    public Task<Answer<JobView>> Submit(string jobId, JobSpec spec) => Ask(silo => JobOf(silo, jobId).Submit(spec));

    /// <summary>Submits a job under a new id, which is its name with something added.</summary>
    /// <exception cref="ArgumentException">The cluster refuses it; the message lists everything that is wrong.</exception>
    public async Task<JobView> Submit(JobSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var answer = await Submit($"{spec.Name}-{_ids.NewId(8)}", spec);
        return answer.IsAccepted
            ? answer.Value
            : throw new ArgumentException(string.Join(Environment.NewLine, [answer.Refusal.Title, .. answer.Refusal.Faults.Select(f => $"{f.Path}: {f.Message}")]), nameof(spec));
    }

    public Task<JobView?> GetJob(string jobId) => Ask(silo => JobOf(silo, jobId).Get());

    public Task<Answer<JobView>> StopJob(string jobId, string reason) => Ask(silo => JobOf(silo, jobId).Stop(reason));

    public async Task<IReadOnlyList<TaskView>> ListTasks(string jobId) =>
        (await Ask(silo => silo.Queries.ListTasks(Options.Cluster, jobId, null, null, 1000, CancellationToken.None))).Items;

    public Task<NodeView?> GetNode(string node) => Ask(silo => silo.Queries.GetNode(Options.Cluster, node, CancellationToken.None));

    public async Task<IReadOnlyList<NodeView>> ListNodes() => (await Ask(silo => silo.Queries.ListNodes(Options.Cluster, CancellationToken.None))).Items;

    /// <summary>Why a task waits; null where it does not.</summary>
    public Task<PlacementExplanation?> Explain(string taskId) =>
        Ask(silo => silo.Engine.GetGrain<ISchedulerGrain>(GrainKeys.BatchScheduler(Options.Cluster)).Explain(taskId));

    /// <summary>Runs until the job has ended.</summary>
    public async Task<JobView> WaitForJob(string jobId)
    {
        JobView? job = null;
        await Until(async () => (job = await GetJob(jobId)) is { EndedAt: not null }, $"job {jobId} has ended");
        return job!;
    }

    /// <summary>One request to one of the silos that run, answered or failed.</summary>
    internal Task<T> Request<T>(Func<SimulatedSilo, Task<T>> serve)
    {
        var silos = _hosts.Values.Select(host => host.Silo).OfType<SimulatedSilo>().ToList();
        return silos.Count == 0 ? Task.FromException<T>(new IOException("No silo answers.")) : World.Random.Pick(silos).Request(serve);
    }

    /// <summary>As <see cref="Request"/>, for callers outside of the world.</summary>
    internal Task<T> Ask<T>(Func<SimulatedSilo, Task<T>> serve)
    {
        var answer = Request(serve);
        return World.Run(() => answer.IsCompleted, Time + _answerTime)
            ? answer
            : Task.FromException<T>(new TimeoutException($"No answer within {_answerTime} of virtual time."));
    }

    private IJobGrain JobOf(SimulatedSilo silo, string jobId) => silo.Engine.GetGrain<IJobGrain>(GrainKeys.Job(Options.Cluster, jobId));
}
