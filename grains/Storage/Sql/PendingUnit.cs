namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A unit in the writer's queue and the caller who waits for it.</summary>
/// <param name="queuedAt">A timestamp of the store's clock.</param>
internal sealed class PendingUnit(CommitUnit unit, long queuedAt, CancellationToken cancellationToken)
{
    // The writer's thread answers: a caller's continuation must not run on it.
    private readonly TaskCompletionSource<CommitResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommitUnit Unit { get; } = unit;

    public long QueuedAt { get; } = queuedAt;

    public Task<CommitResult> Answer => _answer.Task;

    /// <summary>Statements it takes, at least one, so that empty units too fill a batch.</summary>
    public int Rows { get; } =
        1 + unit.Nodes.Length + unit.ClaimsAdded.Length + unit.ClaimsRemoved.Length + unit.States.Length + unit.Events.Length + unit.Checks.Length;

    /// <summary>Whether its caller gave up before it was written: such a unit is never written, so being cancelled is never ambiguous.</summary>
    public bool WasCancelled() => cancellationToken.IsCancellationRequested && _answer.TrySetCanceled(cancellationToken);

    public void Complete(CommitResult result) => _answer.TrySetResult(result);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
