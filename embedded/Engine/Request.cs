namespace OrleansCluster.Embedded;

/// <summary>Something an activation's gate lets in: a grain call or a timer's tick.</summary>
internal abstract class Request
{
    /// <summary>The activation it was last posted to.</summary>
    internal Activation? Owner { get; set; }

    internal abstract string Name { get; }

    internal abstract bool Interleaves { get; }

    internal abstract bool IsReadOnly { get; }

    internal abstract bool KeepsAlive { get; }

    /// <summary>Nobody waits for it any more; if it has not started yet it need not.</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>Runs in a turn, after which the gate's next requests may start.</summary>
    internal void Start()
    {
        Owner!.OnStarting(this);
        Task task;
        try
        {
            task = Invoke(Owner.GrainInstance!) ?? throw new InvalidOperationException($"{Name} returned no task.");
        }
        catch (Exception exception)
        {
            task = Task.FromException(exception);
        }

        if (task.IsCompleted) Finish(task);
        else _ = FinishWhenEnded(task);
    }

    internal abstract void Answer(Task ended);

    protected abstract Task? Invoke(object grain);

    private async Task FinishWhenEnded(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Finish(task);
    }

    private void Finish(Task ended)
    {
        Owner!.OnEnded(this, ended);
        Answer(ended);
    }
}
