using Orleans;
using Orleans.Storage;

namespace OrleansCluster.Embedded;

internal sealed partial class Activation
{
    private Queue<Request>? _waiting;
    private int _running;
    private int _blocking;
    private bool _blockingAreReadOnly;

    /// <summary>Takes the request in, to start it now or when the running ones allow. False if the activation is gone.</summary>
    internal bool TryPost(Request request)
    {
        Engine.Queue.OnTurnQueued();
        lock (_lock)
        {
            if (_state >= State.Leaving) return false;

            request.Owner = this;
            if (MayStartNow(request))
            {
                Admit(request);
            }
            else
            {
                (_waiting ??= new Queue<Request>()).Enqueue(request);
                if (_state == State.New) Begin();
            }

            return true;
        }
    }

    internal void OnStarting(Request request) => Engine.Observer?.OnStarted(GrainId, request.Name);

    /// <summary>Lets the next requests in, and drops an activation whose state the store has overtaken.</summary>
    internal void OnEnded(Request request, Task ended)
    {
        Engine.Observer?.OnEnded(GrainId, request.Name);
        if (ended.IsFaulted && ended.Exception!.InnerException is InconsistentStateException { IsSourceActivation: true } conflict)
        {
            conflict.IsSourceActivation = false;
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, conflict, "The stored state has moved on."));
        }

        Leave(request);
    }

    /// <summary>Forgets waiting requests whose callers have given up.</summary>
    internal void DropAnswered()
    {
        lock (_lock)
        {
            for (var left = _waiting?.Count ?? 0; left > 0; left--)
            {
                var request = _waiting!.Dequeue();
                if (!request.IsAnswered) _waiting.Enqueue(request);
            }
        }
    }

    private void Leave(Request request)
    {
        lock (_lock)
        {
            _running--;
            if (!MayInterleave(request)) _blocking--;
            if (_running == 0 && request.KeepsAlive) _lastUse = Engine.Time.GetTimestamp();
            if (_state == State.Active) AdmitWaiting();
            else EndIfIdle();
        }
    }

    /// <summary>Ticks go on until the running requests of a deactivating grain have ended, since those may wait for them.</summary>
    private bool MayStartNow(Request request) =>
        (_state is State.Active || (_state is State.Deactivating && request is TimerTick)) && Admits(request);

    private bool MayInterleave(Request request) => request.Interleaves || Class.IsReentrant;

    private bool Admits(Request request) =>
        _blocking == 0 || MayInterleave(request) || (_blockingAreReadOnly && request.IsReadOnly);

    private void Admit(Request request)
    {
        _running++;
        if (!MayInterleave(request))
        {
            _blockingAreReadOnly = request.IsReadOnly;
            _blocking++;
        }

        EnqueueLocked(request);
    }

    private void AdmitWaiting()
    {
        if (_waiting is null) return;

        while (_waiting.TryPeek(out var first) && (first.IsAnswered || Admits(first)))
        {
            _waiting.Dequeue();
            if (!first.IsAnswered) Admit(first);
        }

        // Behind one that must wait there may be readers that can join the running ones, or, after activation, interleaving calls.
        if (_blockingAreReadOnly || !_admittedBefore) AdmitAllThatMay();
        _admittedBefore = true;
    }

    private void AdmitAllThatMay()
    {
        for (var left = _waiting!.Count; left > 0; left--)
        {
            var request = _waiting.Dequeue();
            if (request.IsAnswered) continue;

            if (Admits(request)) Admit(request);
            else _waiting.Enqueue(request);
        }
    }
}
