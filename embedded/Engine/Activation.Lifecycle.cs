using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

internal sealed partial class Activation
{
    private readonly TaskCompletionSource _deactivated = new();
    private State _state = State.New;
    private bool _admittedBefore;
    private bool _ending;
    private bool _deactivateWhenActive;
    private long _keepUntil;
    private DeactivationReason _reason;
    private HashSet<GrainTimer>? _timers;

    private enum State
    {
        New,
        Activating,
        Active,
        Deactivating,
        Gone,
    }

    public Task Deactivated => _deactivated.Task;

    /// <summary>Ends the activation once its running requests have ended; those that wait then go to the next activation.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_state is State.Deactivating or State.Gone) return;

            _reason = deactivationReason;
            _deactivateWhenActive = true;
            if (_state is State.Active)
            {
                _state = State.Deactivating;
                EndIfIdle();
            }

            if (_state is not State.New) return;

            // Never called, so nobody waits and there is nothing to take down.
            _state = State.Gone;
        }

        Class.Forget(this);
        _deactivated.TrySetResult();
    }

    /// <summary>For the engine's stop: does not wait for running requests any longer.</summary>
    internal void EndNow()
    {
        lock (_lock)
        {
            if (_state is State.Deactivating or State.Active) BeginEnd();
        }
    }

    internal void DelayDeactivation(TimeSpan time)
    {
        var now = Engine.Time.GetTimestamp();
        lock (_lock)
        {
            _keepUntil = time == Timeout.InfiniteTimeSpan || time.TotalDays > 36500 ? long.MaxValue
                : time <= TimeSpan.Zero ? 0
                : now + Engine.ToTimestamp(time);
        }
    }

    /// <summary>Whether nothing runs here, nothing waits, and that for at least so long.</summary>
    internal bool IsIdleFor(TimeSpan time, long now)
    {
        lock (_lock)
        {
            return _state is State.Active && _running == 0 && now >= _keepUntil && Engine.Time.GetElapsedTime(_lastUse, now) >= time;
        }
    }

    internal IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (Current != this)
            throw new InvalidOperationException($"A timer of {GrainId} was registered outside the grain's turns.");

        var timer = new GrainTimer(this, callback, options);
        lock (_lock)
        {
            (_timers ??= []).Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    internal void Forget(GrainTimer timer)
    {
        lock (_lock)
        {
            _timers?.Remove(timer);
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
            _state = _deactivateWhenActive ? State.Deactivating : State.Active;
            if (_state is State.Active) AdmitWaiting();
            else EndIfIdle();
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
        if (_ending) return;

        _ending = true;
        _state = State.Deactivating;
        EnqueueLocked((Action)(() => _ = DeactivateAsync()));
    }

    private async Task DeactivateAsync()
    {
        Engine.Log.Deactivating(GrainId, _reason.ReasonCode, _reason.Description);
        foreach (var timer in TakeTimers()) timer.Dispose();
        try
        {
            using var limit = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Time);
            await ((IGrainBase)GrainInstance!).OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            Engine.Log.DeactivationFailed(exception, GrainId);
        }

        await LeaveAsync(null);
    }

    /// <summary>Out of the directory first, so that whoever is turned away finds the next activation.</summary>
    private async Task LeaveAsync(Exception? failure)
    {
        Class.Forget(this);
        Queue<Request>? waiting;
        lock (_lock)
        {
            _state = State.Gone;
            waiting = _waiting;
            _waiting = null;
        }

        foreach (var timer in TakeTimers()) timer.Dispose();
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
            else Engine.Deliver(call);
        }

        _deactivated.TrySetResult();
    }

    private GrainTimer[] TakeTimers()
    {
        lock (_lock)
        {
            GrainTimer[] taken = [.. _timers ?? []];
            _timers = null;
            return taken;
        }
    }
}
