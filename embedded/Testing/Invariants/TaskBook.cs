using System.Text.Json;
using OrleansCluster.Grains.ResourceManagement.Draining;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Lifecycle;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>Tasks as the database has been told, whose states only grow, and how their containers have ended, as their hosts saw it.</summary>
internal sealed class TaskBook(World world, TeamBook teams)
{
    /// <summary>How long a scheduler may have been on its way to tell a task to leave for one that has got its place meanwhile.</summary>
    private static readonly TimeSpan _moment = TimeSpan.FromMinutes(5);

    /// <summary>When tasks have waited for a node last.</summary>
    private readonly Dictionary<string, DateTimeOffset> _waited = new(StringComparer.Ordinal);

    /// <summary>Nodes that an operator has had drained.</summary>
    private readonly HashSet<string> _drained = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, TaskRecord> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string TaskId, int Attempt, string Container), int?> _exits = [];
    private readonly Dictionary<string, List<(long At, TaskView Task)>> _answers = new(StringComparer.Ordinal);

    /// <summary>An attempt of a task is over: the task has stopped, or its next attempt begins.</summary>
    public event Action<string, int>? AttemptOver;

    /// <summary>A task is there that was not.</summary>
    public event Action<TaskRecord>? Begun;

    /// <summary>Its record as it was, and as it is.</summary>
    public event Action<string, TaskRecord?, TaskRecord>? Written;

    public TaskRecord? Find(string taskId) => _tasks.GetValueOrDefault(taskId);

    public IEnumerable<TaskRecord> OfJob(string jobId) => _tasks.Values.Where(task => task.Start.JobId == jobId && task.Start is { IsOfService: false, OfFramework: null });

    public IEnumerable<TaskRecord> Live() => _tasks.Values.Where(task => task.State != TaskState.Stopped);

    /// <summary>Whether it has stopped and its essential containers had ended well.</summary>
    public bool HasSucceeded(TaskRecord task) => task.State == TaskState.Stopped
        && task.Start.Essential.All(name => _exits.GetValueOrDefault((TaskId.Of(task.Start.JobId, task.Start.Name, task.Start.Index), task.Attempt, name)) == 0);

    public void OnContainer(ContainerInfo info)
    {
        if (info.Status == ContainerStatus.Stopped)
            _exits[(info.Labels.TaskId, info.Labels.Attempt, info.Labels.Container)] = info.ExitCode;
    }

    public void OnWritten(StateWrite write)
    {
        if (write.Kind == NodeDrainState.Name)
            _drained.Add(GrainKeys.Split(write.Key).Name);
        if (write.Kind != TaskGrainState.Name)
            return;
        var id = GrainKeys.Split(write.Key).Name;
        if (write.Json is null || JsonSerializer.Deserialize<TaskGrainState>(write.Json, StoreJson.Options)?.Record is not { } task)
        {
            world.Violate($"task {id} was deleted");
            return;
        }

        if (_tasks.TryGetValue(id, out var before))
        {
            Compare(id, before, task);
            if (task.Attempt > before.Attempt || (task.State == TaskState.Stopped && before.State != TaskState.Stopped))
                AttemptOver?.Invoke(id, before.Attempt);
        }
        else if (task is not { Attempt: 1, State: TaskState.Provisioning })
        {
            world.Violate($"task {id} begins with attempt {task.Attempt}, {task.State}");
        }

        Written?.Invoke(id, before, task);
        _tasks[id] = task;
        if (before?.State == TaskState.Provisioning)
            _waited[id] = world.Time.GetUtcNow();
        if (before is null)
            Begun?.Invoke(task);
    }

    public void OnAnswer(TaskView task, long asked, long now)
    {
        if (!_tasks.ContainsKey(task.Id))
            world.Violate($"a client was told of task {task.Id}, which the database does not have");
        if (!_answers.TryGetValue(task.Id, out var answers))
            _answers.Add(task.Id, answers = []);
        foreach (var (_, earlier) in answers.Where(answer => answer.At < asked))
        {
            if ((task.Attempt, task.State).CompareTo((earlier.Attempt, earlier.State)) < 0 || (earlier.DesiredStatus == DesiredStatus.Stopped && task.DesiredStatus != earlier.DesiredStatus))
                world.Violate($"task {task.Id} is {Describe(task)} now, though a client was told before that it is {Describe(earlier)}");
        }

        answers.Add((now, task));
    }

    public void OnNone(string taskId, long asked)
    {
        if (_answers.TryGetValue(taskId, out var answers) && answers.Any(answer => answer.At < asked))
            world.Violate($"a client was told that there is no task {taskId}, though it was told of it before");
    }

    /// <summary>What a framework is told has come true, and what it has acknowledged before it is not told anew.</summary>
    public void OnTold(string framework, FrameworkUpdate update)
    {
        var id = TaskId.OfFramework(framework, update.Task);
        if (_tasks.GetValueOrDefault(id) is not { } task)
        {
            if (update.View is not null)
                world.Violate($"framework {framework} was told of {id}, which the database does not have");
        }
        else if (update.View is not null && (task.State < update.State || (update.State == TaskState.Stopped && update.View.StopCode != task.StopCode)))
            world.Violate($"framework {framework} was told that {id} is {update.State}, {update.View.StopCode}, and the database has {task.State}, {task.StopCode}");
    }

    private static string Describe(TaskView task) => $"in attempt {task.Attempt}, {task.State}, to be {task.DesiredStatus}";

    private void Compare(string id, TaskRecord before, TaskRecord after)
    {
        var step = $"task {id} went from attempt {before.Attempt}, {before.State} to attempt {after.Attempt}, {after.State}";
        Expect(before.Acknowledged is null || after.Acknowledged >= before.Acknowledged, $"{step}: its framework has acknowledged {before.Acknowledged} of it, and that only grows");
        Expect(after.Acknowledged is null || after.Acknowledged <= after.State, $"{step}: its framework cannot have acknowledged {after.Acknowledged}");
        if (after.Attempt == before.Attempt + 1)
        {
            Expect(after.Start.OfFramework is null, $"{step}: a framework's task has one attempt");
            if (after.State != TaskState.Provisioning)
                world.Violate($"{step}: an attempt begins with PROVISIONING");
            if (before.State == TaskState.Stopped)
                world.Violate($"{step}: what has stopped does not begin again");
            else if (before.Desired == DesiredStatus.Stopped)
                world.Violate($"{step}: what is to stop does not begin again");
            if (after.EarlierAttempts is [.., { StopCode: StopCode.NodeLost or StopCode.AgentStopped or StopCode.Preempted or StopCode.NodeDraining or StopCode.GangEnded }])
                Expect(after.Failures == before.Failures && after.NotBefore is null, $"{step}: what the system itself ended is tried again at once, and is no failure");
            else if (before.Start.IsOfService)
                Expect(after.Failures == before.Failures + 1, $"{step}: a service's task that ends by itself has failed");
            else
                Expect(IsWorthRetrying(id, before) != false && after.Failures == before.Failures + 1, $"{step}: its rules do not let it be tried again");
        }
        else if (after.Attempt != before.Attempt || after.State < before.State)
        {
            world.Violate($"{step}: states only grow");
        }
        else if (after.State == TaskState.Stopped && before.State != TaskState.Stopped && before is { Desired: DesiredStatus.Running, Eviction: null })
        {
            Expect(!after.Start.IsOfService || after.StopCode is StopCode.ServiceSchedulerInitiated or StopCode.UserInitiated, $"{step}: a service's task goes on until it is stopped");
            if (after.StopCode == StopCode.EssentialContainerExited && !HasSucceeded(after))
                Expect(IsWorthRetrying(id, before) != true, $"{step}: its rules have it tried again");
        }

        if (before.Eviction is null && after.Eviction is { Code: StopCode.Preempted })
            Expect(HasWaitedFor(after.Start), $"task {id}, of priority {after.Start.Priority}, is to leave, and none of a higher band or of a team with a guarantee waits");
        if (before.Eviction is null && after.Eviction is { Code: StopCode.NodeDraining })
            Expect(_drained.Contains(after.Node ?? ""), $"task {id} is to leave {after.Node}, which nobody drains");
        if (after.State == before.State || after.Attempt != before.Attempt || IsArrow(before.State, after.State))
            return;
        world.Violate($"{step}: there is no such transition");
    }

    /// <summary>By what the hosts saw of its containers. Where several essential ones have failed it is not known here which was the first: null.</summary>
    private bool? IsWorthRetrying(string id, TaskRecord task)
    {
        if (task.Start.Rules?.Retry is not { } retry || task.Failures + 1 >= retry.Attempts)
            return false;
        var codes = task.Start.Essential.Select(name => _exits.GetValueOrDefault((id, task.Attempt, name))).Where(code => code is not (null or 0)).ToList();
        return codes.Count != 1 ? null : (!retry.FailOn.Contains(codes[0]!.Value) && (retry.RetryOn.IsEmpty || retry.RetryOn.Contains(codes[0]!.Value)));
    }

    /// <summary>Whether some task of a higher band, or of another team that has a guarantee and may recall, waits for a node, or did a moment ago.</summary>
    private bool HasWaitedFor(TaskStart victim)
    {
        var recently = world.Time.GetUtcNow() - _moment;
        var band = PriorityBands.Of(victim.Priority);
        return _tasks.Where(task => PriorityBands.Of(task.Value.Start.Priority) > band
                || (PriorityBands.MayBorrow(band) && task.Value.Start.Team != victim.Team && teams.HasHadMinimum(task.Value.Start.Team)))
            .Any(task => task.Value.State == TaskState.Provisioning || _waited.GetValueOrDefault(task.Key) >= recently);
    }

    private void Expect(bool holds, string violation)
    {
        if (!holds)
            world.Violate(violation);
    }

    /// <summary>One arrow of the lifecycle, or two where the agent's last word and the manager's come together.</summary>
    private static bool IsArrow(TaskState from, TaskState to) =>
        Exists(from, to) || (to == TaskState.Stopped && Exists(from, TaskState.Deprovisioning)) || (from == TaskState.Provisioning && Exists(TaskState.Pending, to));

    private static bool Exists(TaskState from, TaskState to) =>
        TaskLifecycle.CanMove(from, to, TransitionOwner.Manager) || TaskLifecycle.CanMove(from, to, TransitionOwner.Agent);
}
