using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace OrleansCluster.Embedded;

internal sealed partial class Activation
{
    private State _state = State.New;
    private bool _admittedBefore;
    private bool _deactivateWhenActive;
    private DeactivationReason _reason;
    private TaskCompletionSource? _deactivated;

    /// <summary>Goes one way only. From Leaving on the directory does not know it any more.</summary>
    private enum State
    {
        New,
        Activating,
        Active,
        Deactivating,
        Ending,
        Leaving,
        Gone,
    }

    /// <summary>Made only when asked for: hundreds of thousands of activations sit in memory and few are watched.</summary>
    public Task Deactivated
    {
        get
        {
            lock (_lock)
            {
                _deactivated ??= new TaskCompletionSource();
                if (_state is State.Gone) _deactivated.TrySetResult();
                return _deactivated.Task;
            }
        }
    }

    /// <summary>Ends the activation once its running requests have ended; those that wait then go to the next activation.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_state >= State.Deactivating) return;

            _reason = deactivationReason;
            _deactivateWhenActive = true;
            if (_state is State.Active)
            {
                _state = State.Deactivating;
                EndIfIdle();
            }

            if (_state is not State.New) return;

            // Never called, so nobody waits and there is nothing to take down.
            _state = State.Leaving;
        }

        Class.Forget(this);
        SetGone();
    }

    /// <summary>For the engine's stop: does not wait for running requests any longer.</summary>
    internal void EndNow()
    {
        lock (_lock)
        {
            if (_state is State.Active or State.Deactivating) BeginEnd();
        }
    }

    private void Begin()
    {
        _state = State.Activating;
        EnqueueLocked((Action)(() => _ = ActivateAsync()));
    }

    private async Task ActivateAsync()
    {
        try
        {
            _scope = Engine.Services.CreateAsyncScope();
            var grain = Class.Create(_scope.ServiceProvider, this);
            GrainInstance = grain;
            if (Class.ActivatesAtOnce) await grain.OnActivateAsync(CancellationToken.None);
            else await ActivateAsync(grain);
        }
        catch (Exception exception)
        {
            Engine.Log.ActivationFailed(exception, GrainId);
            await LeaveAsync(exception);
            return;
        }

        lock (_lock)
        {
            _state = State.Active;

            // At the engine's stop, too: what waits, sent on, would only make the next activation, and that one another, until the stop's time is over.
            if (!_deactivateWhenActive || _reason.ReasonCode is DeactivationReasonCode.ShuttingDown) AdmitWaiting();
            if (!_deactivateWhenActive) return;
            _state = State.Deactivating;
            EndIfIdle();
        }
    }

    private async Task ActivateAsync(IGrainBase grain)
    {
        using var limit = new CancellationTokenSource(Engine.Options.ActivationTimeout, Engine.Time);
        foreach (var state in States) await state.LoadAsync(limit.Token).WaitAsync(limit.Token);
        await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
    }

    private void EndIfIdle()
    {
        if (_state is State.Deactivating && _running == 0) BeginEnd();
    }

    private void BeginEnd()
    {
        _state = State.Ending;
        EnqueueLocked((Action)(() => _ = EndAsync()));
    }

    private async Task EndAsync()
    {
        Engine.Log.Deactivating(GrainId, _reason.ReasonCode, _reason.Description);
        DisposeTimers();
        try
        {
            if (Class.DeactivatesAtOnce) await ((IGrainBase)GrainInstance!).OnDeactivateAsync(_reason, CancellationToken.None);
            else await EndAsync((IGrainBase)GrainInstance!);
        }
        catch (Exception exception)
        {
            Engine.Log.DeactivationFailed(exception, GrainId);
        }

        await LeaveAsync(null);
    }

    private async Task EndAsync(IGrainBase grain)
    {
        using var limit = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Time);
        await grain.OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token);
    }

    /// <summary>Out of the directory first, so that whoever is turned away finds the next activation.</summary>
    private async Task LeaveAsync(Exception? failure)
    {
        Class.Forget(this);
        Queue<Request>? waiting;
        lock (_lock)
        {
            _state = State.Leaving;
            waiting = _waiting;
            _waiting = null;
        }

        DisposeTimers();
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else if (GrainInstance is IDisposable disposable) disposable.Dispose();
            await _scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Engine.Log.DeactivationFailed(exception, GrainId);
        }

        foreach (var call in (waiting ?? []).OfType<GrainCall>())
        {
            if (failure is not null) call.Fail(failure);
            else Engine.Send(call);
        }

        SetGone();
    }

    private void SetGone()
    {
        TaskCompletionSource? watched;
        lock (_lock)
        {
            _state = State.Gone;
            watched = _deactivated;
        }

        watched?.TrySetResult();
    }
}
