namespace OrleansCluster.Embedded;

/// <summary>A call of a method that returns Task or ValueTask.</summary>
internal sealed class VoidGrainCall(GrainReference target, GrainMethod method, object?[] arguments) : GrainCall(target, method, arguments)
{
    // Completed inline on purpose: a caller in a grain continues on its activation, and a continuation that hopped
    // through the thread pool first would spoil the deterministic order.
    private readonly TaskCompletionSource _answer = new();

    internal override Task Outcome => _answer.Task;

    protected override object Reply => Method.ReturnsValueTask ? new ValueTask(_answer.Task) : _answer.Task;

    protected override void SetAnswer(Task ended) => _answer.TrySetFromTask(ended);

    protected override void SetCanceled(CancellationToken token) => _answer.TrySetCanceled(token);
}
