namespace OrleansCluster.Embedded;

internal sealed partial class Activation
{
    private static readonly ExecutionContext CleanContext = CaptureCleanContext();
    private static readonly ContextCallback StartRequest = static request => ((Request)request!).Start();
    private static readonly ContextCallback RunAction = static action => ((Action)action!)();
    private static readonly Action<object?> RunSlice = static activation => ((Activation)activation!).TakeTurns();

    private readonly Queue<object> _turns = new();
    private bool _scheduled;
    private Task? _slice;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>A turn is a task to run on, a request to start, or an action of the engine's own.</summary>
    internal void Enqueue(object turn)
    {
        Engine.Queue.OnTurnQueued();
        lock (_lock)
        {
            EnqueueLocked(turn);
        }
    }

    /// <summary>Takes a slice of turns, inside a task so that what they await comes back here.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        _slice = new Task(RunSlice, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        _slice.RunSynchronously(this);
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    /// <summary>As in Orleans, what a turn completes may go on within it if it belongs to the same activation.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (task == _slice || (!taskWasPreviouslyQueued && Current == this)) && TryExecuteTask(task);

    /// <summary>Only debuggers ask.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private static ExecutionContext CaptureCleanContext()
    {
        // Async locals of whoever made the first call must not leak into all grains: a new thread has none.
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }

    private void EnqueueLocked(object turn)
    {
        _turns.Enqueue(turn);
        if (_scheduled) return;

        _scheduled = true;
        Engine.Queue.Enqueue(this);
    }

    private void TakeTurns()
    {
        for (var left = Engine.Queue.TurnsPerSlice; ; left--)
        {
            object turn;
            lock (_lock)
            {
                if (left == 0 || _turns.Count == 0)
                {
                    _scheduled = _turns.Count > 0;
                    if (_scheduled) Engine.Queue.Enqueue(this);
                    return;
                }

                turn = _turns.Dequeue();
            }

            TakeTurn(turn);
        }
    }

    private void TakeTurn(object turn)
    {
        try
        {
            if (turn is Task task) TryExecuteTask(task);
            else if (turn is not Request request) ExecutionContext.Run(CleanContext, RunAction, turn);
            else if (request.IsAnswered) Leave(request);
            else ExecutionContext.Run(CleanContext, StartRequest, turn);
        }
        catch (Exception exception)
        {
            // Only callbacks of cancelled tokens can throw here.
            Engine.Log.TurnFailed(exception, GrainId);
        }
    }
}
