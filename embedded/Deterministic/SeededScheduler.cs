namespace OrleansCluster.Embedded.Deterministic;

/// <summary>
/// Runs everything on one thread, each time picking one of the ready pieces of work by a seeded draw: the same seed gives the same
/// order, another seed another order that could have happened as well.
/// </summary>
public sealed class SeededScheduler(ulong seed) : TaskScheduler, ITurnQueue
{
    private const int EscapesKept = 10;
    private readonly Lock _lock = new();
    private readonly List<object> _ready = [];
    private readonly List<string> _escapes = [];
    private readonly SeededRandom _random = new(seed);
    private bool _escaped;
    private int _thread = Environment.CurrentManagedThreadId;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>One: the more often the order is drawn, the more orders are tried.</summary>
    public int TurnsPerSlice => 1;

    /// <summary>Stacks of the first few foreign threads that queued work here; each is work whose order the seed does not decide.</summary>
    public IReadOnlyList<string> Escapes
    {
        get
        {
            lock (_lock) return [.. _escapes];
        }
    }

    internal bool HasEscapes => Volatile.Read(ref _escaped);

    public void Enqueue(IThreadPoolWorkItem work) => Add(work);

    public void OnTurnQueued()
    {
        if (Environment.CurrentManagedThreadId != _thread) ReportEscape();
    }

    /// <summary>Draws a number below the limit from the same seed, for choices of the simulation itself.</summary>
    public int Draw(int limit) => _random.Below(limit);

    internal void ReportEscape()
    {
        Volatile.Write(ref _escaped, true);
        lock (_lock)
        {
            if (_escapes.Count < EscapesKept) _escapes.Add(Environment.StackTrace);
        }
    }

    /// <summary>From now on, work belongs on the calling thread.</summary>
    internal void AdoptThread() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Runs one ready piece of work; false if there is none.</summary>
    internal bool TryRunOne()
    {
        object work;
        lock (_lock)
        {
            if (_ready.Count == 0) return false;

            var index = _ready.Count == 1 ? 0 : Draw(_ready.Count);
            work = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }

        if (work is Task task) TryExecuteTask(task);
        else ((IThreadPoolWorkItem)work).Execute();
        return true;
    }

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <summary>Only debuggers ask.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Add(object work)
    {
        OnTurnQueued();
        lock (_lock)
        {
            _ready.Add(work);
        }
    }
}
