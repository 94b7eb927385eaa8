using OrleansCluster.Embedded;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Testing.Kernel;

/// <summary>
/// Everything that one process of the simulated cluster runs, on the one thread of the world. When it dies, whatever it had still to do is
/// dropped without a word, as with kill -9.
/// </summary>
internal sealed class SimulatedProcess(string name, SeededScheduler world) : TaskScheduler, ITurnQueue
{
    private readonly List<IThreadPoolWorkItem> _held = [];
    private bool _isPaused;

    public string Name { get; } = name;

    public bool IsDead { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    public int TurnsPerSlice => 1;

    public void Kill()
    {
        IsDead = true;
        _held.Clear();
    }

    /// <summary>Time goes on, the process does not: a long garbage collection, a host that swaps.</summary>
    public void Pause() => _isPaused = true;

    public void Resume()
    {
        _isPaused = false;
        foreach (var work in _held)
            world.Enqueue(work);
        _held.Clear();
    }

    /// <summary>Starts work of this process.</summary>
    public void Run(Func<Task> work) => new Task(() => _ = work()).Start(this);

    public void Enqueue(IThreadPoolWorkItem work) => Add(new Work(this, work, null));

    public void OnTurnQueued() => world.OnTurnQueued();

    protected override void QueueTask(Task task) => Add(new Work(this, null, task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <summary>Only debuggers ask.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Add(Work work)
    {
        if (!IsDead)
            world.Enqueue(work);
    }

    private sealed class Work(SimulatedProcess process, IThreadPoolWorkItem? turns, Task? task) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (process.IsDead)
                return;
            if (process._isPaused)
                process._held.Add(this);
            else if (task is not null)
                process.TryExecuteTask(task);
            else
                turns!.Execute();
        }
    }
}
