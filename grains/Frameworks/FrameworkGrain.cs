using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>
/// Stands for a scheduler that is not ours. What is durable of it is who it is; its tasks are stored as tasks, with what it has acknowledged of them, and its offers as claims, so that it may be
/// lost at any moment: who listens subscribes anew and is told all that is still so.
/// </summary>
[RandomPlacement]
internal sealed partial class FrameworkGrain(
    [PersistentState(FrameworkGrainState.Name, StoreGrainStorage.Name)] IPersistentState<FrameworkGrainState> state,
    ITransactionalStore store,
    ISiloPeers peers,
    IClusterQueries queries,
    TaskStarter starter,
    IIdSource ids,
    TimeProvider clock,
    IGrainFactory grains,
    ILogger<FrameworkGrain> logger) : ClusterGrain, IFrameworkGrain
{
    private const int TokenLength = 32;
    private const int StreamLength = 22;

    /// <summary>Who does not ask what is new for so long is taken for disconnected.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _readPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(60);

    private readonly AsyncPulse _news = new(clock);
    private readonly Saving _saving = new(clock);
    private readonly FrameworkTasks _tasks = new();
    private readonly CallRate _rate = new(clock);

    /// <summary>Names of tasks whose states it has asked for and has not been told.</summary>
    private readonly Queue<string> _asked = new();
    private FrameworkRecord? _record;
    private FrameworkStream? _stream;
    private IGrainTimer? _timer;
    private DateTimeOffset _heardAt;
    private DateTimeOffset _readAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = state.State.Record;
        _heardAt = clock.GetUtcNow();
        Begin();
        return Task.CompletedTask;
    }

    public async Task<Answer<FrameworkRegistration>> Register(FrameworkSpec spec, string token)
    {
        await CatchUp();
        var faults = FrameworkValidator.Validate(spec);
        if (faults.IsEmpty && spec.Name != Name)
            faults = [new Fault("/name", $"it is registered under another name: expected {Name}")];
        if (!faults.IsEmpty)
            return Refusal.Faulty("The framework", faults);
        if (_record is { IsRemoved: true })
            return Refusal.Conflict($"Framework {Name} is being removed; its tasks have not all stopped.");
        if (_record is not { } record)
        {
            if (token.Length > 0 && FrameworkValidator.TokenFault(token) is { } fault)
                return Refusal.Invalid("The token has a fault.", [new Fault("/token", fault)]);
            var made = token.Length > 0 ? "" : ids.NewId(TokenLength);
            var now = clock.GetUtcNow();
            await Save(new FrameworkRecord { Spec = spec, TokenHash = HashOf(token + made), RegisteredAt = now, DisconnectedAt = now }, "framework.registered");
            return new FrameworkRegistration { Framework = View(), Token = made };
        }

        if (HashOf(token) != record.TokenHash)
            return Refusal.Conflict($"There is a framework {Name} already, and the token is not its own.");
        if (record.Spec.Team != spec.Team && _tasks.Count > 0)
            return Refusal.Conflict($"Framework {Name} has tasks of team {record.Spec.Team}; it can change its team when it has none.");
        if (record.Spec != spec)
            await Save(record with { Spec = spec }, "framework.changed");
        return new FrameworkRegistration { Framework = View() };
    }

    public async Task<FrameworkView?> Get()
    {
        await CatchUp();
        return _record is null ? null : View();
    }

    public async Task<bool> Listens(string token, string stream)
    {
        await CatchUp();
        return _record is { IsRemoved: false, DisconnectedAt: null } record && record.Stream == stream && IsToken(record, token);
    }

    public async Task<bool> IsItsToken(string token)
    {
        await CatchUp();
        return _record is { } record && IsToken(record, token);
    }

    public async Task<bool> IsItsStream(string stream)
    {
        await CatchUp();
        return _record is { IsRemoved: false } record && record.Stream == stream;
    }

    public async Task<Answer<FrameworkSubscription>> Subscribe(bool wantsOffers)
    {
        await CatchUp();
        if (_record is not { IsRemoved: false } record)
            return Missing();

        // Written also where it was connected: another activation learns by it that it is followed.
        var stream = ids.NewId(StreamLength);
        await Save(record with { DisconnectedAt = null, Stream = stream }, record.DisconnectedAt is null ? null : "framework.connected");
        _stream?.Close();
        _stream = null;
        _heardAt = clock.GetUtcNow();
        await ReadTasks(CancellationToken.None);

        // Not before: what is told while its tasks are read would be told twice.
        _stream = new FrameworkStream(stream);
        _asked.Clear();
        _heardAt = clock.GetUtcNow();
        _tasks.TellAllAgain();
        BeginOffers(wantsOffers);
        Tell(withTold: false);
        LogConnected(logger, Name, stream);
        return new FrameworkSubscription { Stream = stream, Framework = View() };
    }

    public async Task<FrameworkEvents> Next(string stream, long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_stream is not { IsOpen: true } open || open.Id != stream)
            return new FrameworkEvents { IsOpen = false, IsFollowed = _record?.Stream is { } newest && newest != stream };
        _heardAt = clock.GetUtcNow();
        var events = open.After(after);

        // What had to wait for room.
        Tell(withTold: false);
        if (events.IsEmpty)
            events = open.After(after);
        if (events.IsEmpty && wait > TimeSpan.Zero)
        {
            await _news.Wait(wait < _longestWait ? wait : _longestWait, cancellationToken);
            events = open.After(after);
        }

        // Asking is what counts, not being answered: who waits for news is there.
        _heardAt = clock.GetUtcNow();
        return new FrameworkEvents { IsOpen = open.IsOpen, IsFollowed = !open.IsOpen && _record?.Stream is { } newer && newer != stream, Events = events };
    }

    public async Task<Refusal?> Teardown()
    {
        await CatchUp();
        if (_record is not { } record)
            return Missing();
        if (!record.IsRemoved)
            await Save(record with { IsRemoved = true }, "framework.removing");
        LookSoon();
        return null;
    }

    public Task TaskChanged(TaskView task)
    {
        if (_record is not null)
        {
            _tasks.Take(task);
            Tell(withTold: false);
        }

        return Task.CompletedTask;
    }

    public Task Ensure() => CatchUp();

    private void Begin()
    {
        if (_record is null)
        {
            _timer?.Dispose();
            _timer = null;
            _tasks.Clear();
        }
        else
        {
            _timer ??= this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(TimeSpan.Zero, _period) { KeepAlive = true, Interleave = true });
        }
    }

    private void LookSoon() => _timer?.Change(TimeSpan.Zero, _period);

    private async Task Look(CancellationToken cancellationToken)
    {
        await CatchUp();
        if (_record is null)
            return;
        if (clock.GetUtcNow() - _readAt >= _readPeriod)
            await ReadTasks(cancellationToken);
        if (_record is { IsRemoved: true })
        {
            await Remove();
            return;
        }

        await CheckConnection();
        await LookAfterOffers();
        await EndUnclaimed();
        Tell(withTold: true);
    }

    /// <summary>Who is away too long is dealt with as it chose; a moment later at the least, in which another activation can say that it has it.</summary>
    private async Task CheckConnection()
    {
        if (_record is not { IsRemoved: false } record)
            return;
        var now = clock.GetUtcNow();
        if (record.DisconnectedAt is null && now - _heardAt > _patience && (_stream is null || _stream.Id == record.Stream))
        {
            _stream?.Close();
            await Save(record with { DisconnectedAt = now }, "framework.disconnected");
            await ReturnOffers();
        }
        else if (record.DisconnectedAt is not null && _stream is { IsOpen: true } && _stream.Id == record.Stream && now - _heardAt <= _patience)
        {
            await Save(record with { DisconnectedAt = null }, "framework.connected");
        }
        else if (record is { DisconnectedAt: { } since, Spec.Abandoned: AbandonedTasks.Kill } && record.Stream is not null && now - since > TimeSpan.FromSeconds(record.Spec.FailoverTimeout) + _patience)
        {
            await Save(record with { IsRemoved = true }, "framework.removing");
        }
    }

    /// <summary>Its tasks stop first: what is forgotten before would be nobody's.</summary>
    private async Task Remove()
    {
        _stream?.Close();
        _news.Set();
        await ReturnOffers();
        foreach (var some in _tasks.All.ToList().Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(task => task.State == TaskState.Stopped
                ? TaskOf(task.Id).Acknowledge(TaskState.Stopped)
                : TaskOf(task.Id).Stop(StopCode.UserInitiated, $"Framework {Name} was removed.")));
        }

        await ReadTasks(CancellationToken.None);
        if (_tasks.Count > 0 || _record is not { IsRemoved: true })
            return;

        // Also what an earlier activation has claimed.
        await OffersGrain.ReturnAll(Name);
        _claims.Clear();
        await Save(null, "framework.removed");
    }

    private void Tell(bool withTold)
    {
        if (_stream is not { IsOpen: true } stream)
            return;
        var now = clock.GetUtcNow();
        var updates = _tasks.TakeDue(now, withTold, stream.Room);
        foreach (var update in updates)
            stream.Tell(update);
        var isNews = !updates.IsEmpty;
        while (stream.Room > 0 && _asked.TryDequeue(out var name))
        {
            stream.Tell(_tasks.Reconcile(name, now));
            isNews = true;
        }

        if (isNews)
            _news.Set();
    }

    /// <summary>Another activation may have gone on.</summary>
    private async Task CatchUp()
    {
        if (peers.IsOnly)
            return;
        await _saving.WaitForEnd();
        if (!await state.CatchUp(store, FrameworkGrainState.Name, this.GetPrimaryKeyString()))
            return;
        _record = state.State.Record;
        _readAt = default;
        if (_stream is not null && _stream.Id != _record?.Stream)
        {
            _stream.Close();
            _news.Set();
        }

        Begin();
    }

    private async Task Save(FrameworkRecord? next, string? happened)
    {
        await _saving.WaitForEnd();
        _saving.Begin();
        try
        {
            ImmutableArray<EventDraft> events = happened is null ? [] : [new EventDraft(clock.GetUtcNow(), happened, Name, "", JsonSerializer.Serialize(new { next?.Spec.Team }, ClusterJson.Options))];
            await state.Write(new FrameworkGrainState { Cluster = Cluster, Record = next, PendingEvents = events });
        }
        catch
        {
            // Whether it was written is not known: the next activation reads it. Waiting callers would hold that up.
            _saving.End();
            _stream?.Close();
            _news.Set();
            DeactivateOnIdle();
            throw;
        }

        _record = next;
        _saving.End();
        Begin();
        if (happened is not null)
            LogHappened(logger, Name, happened);
    }

    private Refusal? Admit()
    {
        if (_record is not { IsRemoved: false } record)
            return Missing();
        return _rate.TryTake(record.Spec.RateLimit)
            ? null
            : new Refusal { Kind = RefusalKind.Throttled, Title = $"Framework {Name} makes more than the {record.Spec.RateLimit} calls a second that are taken from it." };
    }

    private FrameworkView View() => new()
    {
        Spec = _record!.Spec,
        Status = _record switch { { IsRemoved: true } => FrameworkStatus.Removing, { DisconnectedAt: null } => FrameworkStatus.Connected, _ => FrameworkStatus.Disconnected },
        RegisteredAt = _record.RegisteredAt,
        DisconnectedAt = _record.DisconnectedAt,
        Tasks = _tasks.All.Count(task => task.State != TaskState.Stopped),
        Unacknowledged = _tasks.Unacknowledged,
        Offers = _offers.Count,
        WantsOffers = WantsOffers,
    };

    private ITaskGrain TaskOf(string taskId) => grains.GetGrain<ITaskGrain>(GrainKeys.Task(Cluster, taskId));

    private Refusal Missing() => Refusal.NotFound($"There is no framework {Name}.");

    private static bool IsToken(FrameworkRecord record, string token) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(token)), Encoding.ASCII.GetBytes(record.TokenHash));

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    [LoggerMessage(Level = LogLevel.Information, Message = "Framework {Framework} listens by stream {Stream}")]
    private static partial void LogConnected(ILogger logger, string framework, string stream);

    [LoggerMessage(Level = LogLevel.Information, Message = "Framework {Framework}: {What}")]
    private static partial void LogHappened(ILogger logger, string framework, string what);
}
