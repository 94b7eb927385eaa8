using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Lifecycle;

namespace OrleansCluster.Tests.Properties.Lifecycle;

public sealed class TaskTransitionsProperties
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    private static readonly Gen<Func<TaskRecord, TaskRecord>> _observation =
        from attempt in Gen.Choose(1, 3)
        from state in Gen.Elements(Enum.GetValues<TaskState>())
        from code in Gen.Elements<StopCode?>(null, StopCode.EssentialContainerExited, StopCode.AgentStopped, StopCode.TaskFailedToStart)
        select new Func<TaskRecord, TaskRecord>(task => TaskTransitions.Observe(task, Observation(attempt, state, code), _now));

    private static readonly Gen<Func<TaskRecord, TaskRecord>> _message = Gen.OneOf(
        _observation,
        from attempt in Gen.Choose(1, 3) select new Func<TaskRecord, TaskRecord>(task => TaskTransitions.Place(task, attempt, "n", _now)),
        from attempt in Gen.Choose(1, 3) select new Func<TaskRecord, TaskRecord>(task => TaskTransitions.LoseNode(task, "n", attempt, _now)),
        from dice in Gen.Choose(0, 3) select new Func<TaskRecord, TaskRecord>(task => dice > 0 ? task : TaskTransitions.Stop(task, StopCode.UserInitiated, "", _now)));

    [Fact]
    public void Any_SequenceOfMessages_OnlyMovesForward() => Check.ForAll(Gen.ListOf(_message), messages =>
    {
        var task = New();
        foreach (var message in messages)
        {
            var next = message(task);
            Assert.False(
                TaskLifecycle.IsLater((task.Attempt, task.State), (next.Attempt, next.State)),
                $"went back from {task.Attempt} {task.State} to {next.Attempt} {next.State}");
            task = next;
        }
    });

    [Fact]
    public void Any_MessageTwice_ChangesNothingTheSecondTime() => Check.ForAll(Gen.ListOf(_message), messages =>
    {
        var task = New();
        foreach (var message in messages)
        {
            task = message(task);
            Assert.Same(task, message(task));
        }
    });

    [Fact]
    public void Observe_AnyOrder_EndsInTheSameState()
    {
        var cases =
            from states in Gen.ArrayOf(Gen.Elements(Enum.GetValues<TaskState>()))
            from shuffled in Gen.Shuffle(states)
            select (States: states, Shuffled: shuffled);

        Check.ForAll(cases, c => Assert.Equal(StateAfter(c.States), StateAfter(c.Shuffled)));
    }

    private static (int Attempt, TaskState State) StateAfter(TaskState[] states)
    {
        var task = states.Aggregate(New(), (task, state) => TaskTransitions.Observe(task, Observation(1, state, StopCode.EssentialContainerExited), _now));
        return (task.Attempt, task.State);
    }

    private static TaskObservation Observation(int attempt, TaskState state, StopCode? code) =>
        new() { TaskId = "j.t.0", Attempt = attempt, Node = "n", State = state, StopCode = state >= TaskState.Stopping ? code : null };

    private static TaskRecord New()
    {
        var start = new TaskStart
        {
            JobId = "j",
            Name = "t",
            Index = 0,
            Count = 1,
            Team = "default",
            Priority = 50,
            Definition = "web:1",
            Resources = new Resources(1, 1, 0),
            Essential = ["main"],
        };
        return TaskTransitions.Start(start, _now);
    }
}
