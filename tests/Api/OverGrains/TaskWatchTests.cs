using System.Diagnostics;
using OrleansCluster.Tests.Api.EndToEnd;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.OverGrains;

/// <summary>Watching a task, by its grain.</summary>
public sealed class TaskWatchTests : IAsyncLifetime
{
    /// <summary>A watch that lasts longer was not woken.</summary>
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(20);

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-watch-").FullName;
    private FailingStore _store = null!;
    private SimulatedSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SimulatedSilo.Start(_data, services => services.Adjust(store => _store = new FailingStore(store)));
        await _silo.Client.WaitForNode();
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Watch_TaskThatHasNotStarted_AnswersOnceItHas()
    {
        var job = await _silo.Client.Jobs.SubmitAsync(Job("late", Task("first", command: ["sleep", "1"]), Task("second", 1, ["first"])));
        var second = TaskOf(job.Id, "second");
        Assert.Null(await second.Get());

        var task = await second.Watch(0, TaskState.Provisioning, _wait, default).WaitAsync(_soon);

        Assert.Equal(1, task!.Attempt);
    }

    [Fact]
    public async Task Watch_StepByStep_SeesTheTaskMoveForwardToItsEnd()
    {
        var job = await _silo.Client.Jobs.SubmitAsync(Job("steps", Task("main", command: ["sleep", "0.3"])));
        var grain = TaskOf(job.Id, "main");

        var states = new List<TaskState>();
        for (TaskView? task = null; task is not { State: TaskState.Stopped };)
        {
            task = await grain.Watch(task?.Attempt ?? 0, task?.State ?? default, _wait, default).WaitAsync(_soon);
            states.Add(task!.State);
        }

        Assert.Equal(states.Distinct().Order(), states);
    }

    [Fact]
    public async Task Watch_StoppedTask_AnswersAtOnceWhateverIsKnown()
    {
        var job = await _silo.Client.Jobs.SubmitAsync(Job("over", Task("main")));
        await _silo.Client.WaitForEnd(job.Id);

        var task = await TaskOf(job.Id, "main").Watch(1, TaskState.Stopped, _wait, default).WaitAsync(_soon);

        Assert.Equal(TaskState.Stopped, task!.State);
    }

    [Fact]
    public async Task Watch_NothingHappens_AnswersWhenTheWaitIsOver()
    {
        var start = Stopwatch.GetTimestamp();

        Assert.Null(await TaskOf("nobody", "main").Watch(0, TaskState.Provisioning, TimeSpan.FromMilliseconds(200), default));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(150), _soon);
    }

    [Fact]
    public async Task Watch_Cancelled_LetsTheCallerGo()
    {
        using var cancelled = new CancellationTokenSource();
        var watch = TaskOf("nobody", "main").Watch(0, TaskState.Provisioning, _wait, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.WaitAsync(_soon));
    }

    [Fact]
    public async Task Watch_TasksWriteFails_LetsItsWatchersGoSoThatItIsReadAnew()
    {
        var job = await _silo.Client.Jobs.SubmitAsync(Job("shaken", Task("main", command: ["sleep", "600"])));
        await _silo.Client.WaitFor(job.Id, "runs", j => j.Tasks[0].Running == 1);
        var grain = TaskOf(job.Id, "main");
        var watches = Enumerable.Range(0, 5).Select(_ => grain.Watch(1, TaskState.Running, _wait, default)).ToList();
        _store.Fails = unit => unit.States.Any(s => s.Key == GrainKeys.Task("default", $"{job.Id}.main.0"));

        await Assert.ThrowsAnyAsync<Exception>(() => grain.Stop(StopCode.UserInitiated, "enough"));
        _store.Fails = _ => false;
        await System.Threading.Tasks.Task.WhenAll(watches).WaitAsync(_soon);

        // A fresh activation has read what was written after all.
        Assert.Equal(DesiredStatus.Stopped, (await grain.Get().WaitAsync(_soon))!.DesiredStatus);
        await _silo.Client.WaitForEnd(job.Id);
    }

    private ITaskGrain TaskOf(string job, string name) => _silo.Grain<ITaskGrain>(GrainKeys.Task("default", TaskId.Of(job, name, 0)));
}
