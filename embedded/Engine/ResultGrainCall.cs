namespace OrleansCluster.Embedded;

/// <summary>A call of a method that returns Task or ValueTask of a result.</summary>
internal sealed class ResultGrainCall<T>(GrainReference target, GrainMethod method, object?[] arguments)
    : GrainCall(target, method, arguments)
{
    private readonly TaskCompletionSource<T> _answer = new();

    internal override Task Outcome => _answer.Task;

    protected override object Reply => Method.ReturnsValueTask ? new ValueTask<T>(_answer.Task) : _answer.Task;

    protected override void SetAnswer(Task ended)
    {
        if (ended is Task<T> typed) _answer.TrySetFromTask(typed);
        else _answer.TrySetException(ended.Exception!.InnerExceptions);
    }

    protected override void SetCanceled(CancellationToken token) => _answer.TrySetCanceled(token);
}
