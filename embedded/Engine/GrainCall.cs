using System.Diagnostics;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>A call on its way to a grain and its answer on the way back.</summary>
internal abstract class GrainCall : Request, IThreadPoolWorkItem
{
    private readonly GrainReference _target;
    private readonly object?[] _arguments;
    private readonly Dictionary<string, object>? _context = RequestContext.Current;
    private readonly Activity? _activity = Activity.Current;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _callersToken;
    private int _answered;

    protected GrainCall(GrainReference target, GrainMethod method, object?[] arguments)
    {
        _target = target;
        _arguments = arguments;
        Method = method;
    }

    internal GrainMethod Method { get; }

    internal GrainReference Target => _target;

    /// <summary>Links and due time of <see cref="CallTimeouts"/>, which keeps all open calls in a list of its own.</summary>
    internal GrainCall? Previous { get; set; }

    internal GrainCall? Next { get; set; }

    internal long Deadline { get; set; }

    internal override string Name => Method.Name;

    internal override bool Interleaves => Method.AlwaysInterleave;

    internal override bool IsReadOnly => Method.IsReadOnly;

    internal override bool KeepsAlive => true;

    internal override bool IsAnswered => Volatile.Read(ref _answered) != 0;

    internal object?[] Arguments => _arguments;

    /// <summary>The answer as a task, whatever the method returns; it ends without a result where that is a one-way call.</summary>
    internal abstract Task Outcome { get; }

    /// <summary>Called when the caller has given up, for calls that have gone to another engine.</summary>
    internal Action? Abandoned { get; set; }

    /// <summary>What the caller gets at once: the task or value task of the answer.</summary>
    protected abstract object Reply { get; }

    private EmbeddedEngine Engine => _target.Engine;

    internal object Send()
    {
        if (Method.TokenIndex >= 0 && !TakeToken((CancellationToken)_arguments[Method.TokenIndex]!)) return Reply;

        if (!Method.IsOneWay) Engine.Timeouts.Add(this);
        Engine.Send(this);
        return Method.IsOneWay ? Method.OneWayReply! : Reply;
    }

    /// <summary>To an activation of the engine in which it was made.</summary>
    internal void DeliverHere() => Engine.Deliver(this);

    /// <summary>As <see cref="Send"/>, for a call that has come from another engine and is where it belongs.</summary>
    internal void Arrive(CancellationToken token)
    {
        if (Method.TokenIndex >= 0 && !TakeToken(token)) return;

        Engine.Timeouts.Add(this);
        Engine.Deliver(this);
    }

    internal override void Answer(Task ended)
    {
        if (Method.IsOneWay && !ended.IsCompletedSuccessfully) Engine.Log.OneWayCallFailed(ended.Exception, _target.Id, Name);
        if (TryClaimAnswer()) SetAnswer(ended);
    }

    internal void Fail(Exception exception) => Answer(Task.FromException(exception));

    /// <summary>The caller has waited long enough; runs on the turn queue.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        if (!TryClaimAnswer()) return;

        CancelInGrain();
        SetAnswer(Task.FromException(new TimeoutException(
            $"Response did not arrive on time in {Method.ResponseTimeout ?? Engine.Options.ResponseTimeout} for {_target.Id}.{Name}.")));
    }

    protected override Task? Invoke(object grain)
    {
        if (_context is not null) RequestContext.Current = _context;

        // The caller's span is current here as well, unless it has ended meanwhile: a one-way call may come later.
        if (_activity is { IsStopped: false }) Activity.Current = _activity;
        return Method.Invoke(grain, _arguments);
    }

    protected abstract void SetAnswer(Task ended);

    protected abstract void SetCanceled(CancellationToken token);

    /// <summary>The grain gets a token of its own, which changes only in turns. False if the caller's is cancelled already.</summary>
    private bool TakeToken(CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            OnCallerCancelled(token);
            return false;
        }

        _cancellation = new CancellationTokenSource();
        _arguments[Method.TokenIndex] = _cancellation.Token;
        if (token.CanBeCanceled)
            _callersToken = token.UnsafeRegister(static (call, token) => ((GrainCall)call!).OnCallerCancelled(token), this);
        return true;
    }

    private void OnCallerCancelled(CancellationToken token)
    {
        if (!TryClaimAnswer()) return;

        CancelInGrain();
        SetCanceled(token);
    }

    private void CancelInGrain()
    {
        Abandoned?.Invoke();
        if (Owner is not { } owner) return;

        owner.DropAnswered();
        if (_cancellation is { } cancellation) owner.Enqueue((Action)cancellation.Cancel);
    }

    private bool TryClaimAnswer()
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0) return false;

        _callersToken.Unregister();
        if (!Method.IsOneWay) Engine.Timeouts.Remove(this);
        return true;
    }
}
