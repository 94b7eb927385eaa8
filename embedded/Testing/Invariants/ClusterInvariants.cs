using System.Collections.Immutable;
using OrleansCluster.Grains.Frameworks;
using OrleansCluster.Grains.Schedules;
using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// What must hold whatever happens, looked at from outside and after everything that happens: what the database was told to keep, what containers did,
/// and what clients were told. It keeps books of its own and believes nothing that a grain says of itself.
/// </summary>
internal sealed class ClusterInvariants
{
    private readonly World _world;
    private readonly ClaimBook _claims;
    private readonly TaskBook _tasks;
    private readonly JobBook _jobs;
    private readonly ScheduleBook _schedules;
    private readonly ServiceBook _services;
    private readonly MoveBook _moves;
    private readonly HookBook _hooks;
    private readonly DefinitionBook _definitions = new();
    private readonly ContainerBook _containers;
    private readonly TeamBook _teams;
    private readonly CheckpointBook _checkpoints;
    private readonly HealthBook _health;
    private readonly GangBook _gangs;
    private readonly EndpointBook _endpoints;
    private readonly HeldClaimBook _held;
    private readonly FrameworkBook _frameworks;
    private readonly Dictionary<(string Kind, string Key), long> _etags = [];

    public ClusterInvariants(World world, string cluster, ICheckpointStore checkpoints, FaultRates faults)
    {
        _world = world;
        _teams = new TeamBook(world, cluster);
        _tasks = new TaskBook(world, _teams);
        _claims = new ClaimBook(world, cluster, _tasks);
        _jobs = new JobBook(world, _tasks);
        _schedules = new ScheduleBook(world, _jobs);
        _moves = new MoveBook(world, _tasks);
        _hooks = new HookBook(world, _jobs);
        _services = new ServiceBook(world, _tasks, _moves, _hooks);
        _containers = new ContainerBook(world, _claims, _tasks, _jobs, _definitions);
        _checkpoints = new CheckpointBook(world, cluster, checkpoints, _tasks);
        _health = new HealthBook(world);
        _gangs = new GangBook(world, cluster, _tasks);
        _tasks.Written += _gangs.OnWritten;
        _containers.Started += (info, _) => _gangs.OnStarted(info);
        _tasks.Written += _checkpoints.OnWritten;
        _tasks.Written += _health.OnWritten;
        _containers.Started += _checkpoints.OnStarted;
        _claims.Removed += _containers.OnClaimRemoved;
        _held = new HeldClaimBook(world, _claims, faults);
        _claims.Added += _held.OnAdded;
        _claims.Removed += _held.OnRemoved;
        _tasks.Begun += _jobs.OnBegun;
        _tasks.Begun += _schedules.OnBegun;
        _tasks.Begun += _services.OnBegun;
        _tasks.Begun += _hooks.OnBegun;
        _tasks.Written += _services.OnTask;
        _tasks.Written += _moves.OnTask;
        _frameworks = new FrameworkBook(world, faults);
        _tasks.Written += _frameworks.OnTask;
        _endpoints = new EndpointBook(world, _tasks, _services, faults);
        _services.Written += _endpoints.OnService;
        _tasks.Written += _endpoints.OnTask;
        _tasks.AttemptOver += _containers.OnAttemptOver;
    }

    /// <summary>A node was added, with what constraints can ask of it, and its GPUs and named amounts.</summary>
    public void OnNode(string node, ImmutableSortedDictionary<string, string> attributes, ExtraCapacity extras)
    {
        _containers.OnNode(node, attributes);
        _claims.OnNode(node, extras);
    }

    public void OnWritten(CommitUnit unit)
    {
        foreach (var write in unit.States)
        {
            if (_etags.GetValueOrDefault((write.Kind, write.Key)) != write.ExpectedETag)
                _world.Violate($"{write.Kind} {write.Key} was written over ETag {_etags.GetValueOrDefault((write.Kind, write.Key))} by one who had read {write.ExpectedETag}");
            _etags[(write.Kind, write.Key)] = write.Json is null ? 0 : write.ExpectedETag + 1;
            _tasks.OnWritten(write);
            _jobs.OnWritten(write);
            _schedules.OnWritten(write);
            _services.OnWritten(write);
            _frameworks.OnWritten(write);
            _definitions.OnWritten(write);
        }

        _claims.OnWritten(unit);
        _moves.OnWritten(unit);
        _gangs.OnWritten(unit);
        _teams.OnWritten(unit);
    }

    public void OnContainer(ContainerInfo info, SimulatedFiles files)
    {
        _tasks.OnContainer(info);
        _health.OnChanged(info);
        _containers.OnChanged(info, files);
        _endpoints.OnContainer(info);
    }

    /// <summary>Services as their callers see them.</summary>
    public EndpointBook Endpoints => _endpoints;

    /// <summary>All faults have ended.</summary>
    public void OnHealed() => _endpoints.OnHealed();

    /// <summary>Whether the database has been told that the job has ended.</summary>
    public bool HasEnded(string jobId) => _jobs.Find(jobId)?.HasEnded() == true;

    /// <summary>A task as the database has been told.</summary>
    public TaskRecord? Task(string taskId) => _tasks.Find(taskId);

    /// <summary>A schedule as the database has been told.</summary>
    public ScheduleRecord? Schedule(string name) => _schedules.Find(name);

    /// <summary>A service as the database has been told.</summary>
    public ServiceRecord? Service(string name) => _services.Find(name);

    /// <summary>A framework as the database has been told.</summary>
    public FrameworkRecord? Framework(string name) => _frameworks.Find(name);

    /// <summary>Whether all tasks of a service are as it wants them.</summary>
    public bool IsServiceAtRest(string name) => _services.IsAtRest(name);

    /// <summary>Whether all tasks of a service are spread evenly.</summary>
    public bool IsServiceSpread(string name) => _services.IsSpread(name);

    /// <summary>Whether the database has been told that all tasks which the job has begun have stopped.</summary>
    public bool AreTasksOver(string jobId) => _tasks.OfJob(jobId) is var tasks && tasks.Any() && tasks.All(task => task.State == TaskState.Stopped);

    /// <summary>The node's, as it was written last.</summary>
    public long ETagOf(string node) => _claims.ETagOf(node);

    /// <summary>A scheduler asks for claims.</summary>
    public void OnAsked(ClaimTransaction transaction) => _claims.OnAsked(transaction);

    /// <summary>A scheduler was told what became of one.</summary>
    public void OnAnswer(ClaimOutcome outcome) => _claims.OnAnswer(outcome);

    /// <summary>A client was told that a job has been placed as planned.</summary>
    public void OnPlaced(JobPlan plan) => _claims.OnPlaced(plan);

    /// <summary>A client was told of a job.</summary>
    /// <param name="asked">The mark that <see cref="Mark"/> gave before the question was sent.</param>
    public void OnAnswer(JobView job, long asked) => _jobs.OnAnswer(job, asked);

    /// <summary>A client was told that there is no such job.</summary>
    public void OnNoJob(string jobId, long asked) => _jobs.OnNone(jobId, asked);

    /// <summary>A client was told of a task.</summary>
    /// <param name="asked">As for a job.</param>
    public void OnAnswer(TaskView task, long asked) => _tasks.OnAnswer(task, asked, Mark());

    /// <summary>A client was told that there is no such task.</summary>
    public void OnNoTask(string taskId, long asked) => _tasks.OnNone(taskId, asked);

    /// <summary>A framework was told of its task.</summary>
    public void OnTold(string framework, FrameworkUpdate update) => _tasks.OnTold(framework, update);

    /// <summary>What frameworks have claimed without tasks.</summary>
    public HeldClaimBook Held => _held;

    /// <summary>A framework asks for nothing from here on, and does not come back.</summary>
    public void OnDied(string framework) => _frameworks.OnDied(framework);

    /// <summary>An operator is about to remove a framework.</summary>
    public void OnTornDown(string framework) => _frameworks.OnTornDown(framework);

    /// <summary>A moment between answers.</summary>
    public long Mark() => _jobs.Mark();

    /// <summary>Nothing goes wrong any more; asked again and again.</summary>
    public void CheckSettling() => _gangs.CheckTogether();

    /// <summary>Nothing is to be done any more: what is left over now stays for ever.</summary>
    public IEnumerable<string> LeftOver() => [.. _jobs.LeftOver(), .. _schedules.LeftOver(), .. _services.LeftOver(), .. _frameworks.LeftOver(), .. _claims.LeftOver(), .. _containers.LeftOver()];
}
