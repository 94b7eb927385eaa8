using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansCluster.Embedded;

/// <summary>
/// Storage operations run one after another, in the order asked for; writes that wait join into one, which writes the newest state.
/// </summary>
internal sealed class PersistentState<T> : PersistentState, IPersistentState<T>
{
    private readonly GrainState<T> _record = new(Activator.CreateInstance<T>());
    private readonly string _stateName;
    private readonly Activation _activation;
    private readonly IGrainStorage _storage;
    private bool _loaded;
    private Task _tail = Task.CompletedTask;
    private Task? _waitingWrite;

    internal PersistentState(string stateName, Activation activation, IGrainStorage storage)
    {
        _stateName = stateName;
        _activation = activation;
        _storage = storage;
    }

    public T State
    {
        get => Loaded.State!;
        set => Loaded.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => Loaded.RecordExists;

    private GrainState<T> Loaded => _loaded
        ? _record
        : throw new InvalidOperationException(
            $"The state '{_stateName}' of {_activation.GrainId} has not yet been loaded; use it from OnActivateAsync on.");

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Append("read", cancellationToken, async token =>
    {
        await _storage.ReadStateAsync(_stateName, _activation.GrainId, _record, token);
        _record.State ??= Activator.CreateInstance<T>();
        _loaded = true;
    });

    public Task WriteStateAsync(CancellationToken cancellationToken)
    {
        if (_waitingWrite is { } waiting && !cancellationToken.CanBeCanceled) return waiting;

        var mustWait = !_tail.IsCompleted;
        var write = Append("write", cancellationToken, token =>
        {
            _waitingWrite = null;
            return _storage.WriteStateAsync(_stateName, _activation.GrainId, _record, token);
        });
        if (mustWait && !cancellationToken.CanBeCanceled) _waitingWrite = write;
        return write;
    }

    public Task ClearStateAsync(CancellationToken cancellationToken) => Append("clear", cancellationToken, async token =>
    {
        await _storage.ClearStateAsync(_stateName, _activation.GrainId, _record, token);
        _record.State ??= Activator.CreateInstance<T>();
    });

    internal override Task LoadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    private Task Append(string verb, CancellationToken token, Func<CancellationToken, Task> operation)
    {
        if (Activation.Current != _activation)
            throw new InvalidOperationException($"The state '{_stateName}' of {_activation.GrainId} was used outside the grain's turns.");

        _waitingWrite = null;
        return _tail = RunAsync(_tail, verb, token, operation);
    }

    private async Task RunAsync(Task previous, string verb, CancellationToken token, Func<CancellationToken, Task> operation)
    {
        if (!previous.IsCompleted)
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        try
        {
            await operation(token);
        }
        catch (Exception exception) when (exception is not OrleansException
            && !(exception is OperationCanceledException && token.IsCancellationRequested))
        {
            throw new OrleansException(
                $"The storage {_storage.GetType().Name} could not {verb} "
                + $"the state '{_stateName}' of {_activation.GrainId}: {exception.Message}",
                exception);
        }
    }
}
