using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>The one-process engine: finds or makes the activation of each grain that is called, and takes idle ones down.</summary>
public sealed class EmbeddedEngine : IClusterClient, IDisposable
{
    private readonly ConcurrentDictionary<Type, GrainInterface> _interfaces = new();
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainReference> _chosen = new();
    private readonly ConcurrentDictionary<(Type Interface, GrainClass Class), GrainReference> _prototypes = new();
    private readonly GrainClass[] _classes;
    private readonly ITimer? _collector;
    private long _activationsMade;
    private bool _stopped;

    /// <param name="services">Grains' dependencies; scoped ones live as long as an activation.</param>
    public EmbeddedEngine(
        IServiceProvider services,
        IOptions<EmbeddedEngineOptions> options,
        ITurnQueue queue,
        TimeProvider time,
        ILogger<EmbeddedEngine> logger)
    {
        Services = services;
        Options = options.Value;
        Queue = queue;
        Time = time;
        Log = new EngineLog(logger);
        Router = (ICallRouter?)services.GetService(typeof(ICallRouter));
        Timeouts = new CallTimeouts(this);
        _classes = [.. Options.GrainAssemblies.Distinct().SelectMany(GrainTypes.In).Where(type => !Options.LeftOut.Contains(type)).Select(type => new GrainClass(this, type))];
        if (_classes.GroupBy(c => c.Type).FirstOrDefault(g => g.Count() > 1) is { } clash)
            throw new InvalidOperationException(
                $"The grain type '{clash.Key}' is claimed by {string.Join(" and ", clash.Select(c => c.Implementation))}.");
        if (Options.CollectionPeriod != Timeout.InfiniteTimeSpan) _collector = CreateTimer(() => _ = Collect(), Options.CollectionPeriod);
    }

    IServiceProvider IClusterClient.ServiceProvider => Services;

    internal IServiceProvider Services { get; }

    internal EmbeddedEngineOptions Options { get; }

    internal ITurnQueue Queue { get; }

    internal TimeProvider Time { get; }

    internal EngineLog Log { get; }

    internal CallTimeouts Timeouts { get; }

    internal ICallRouter? Router { get; }

    internal ITurnObserver? Observer => Options.Observer;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        var prototype = _chosen.GetOrAdd(
            (typeof(TGrainInterface), grainClassNamePrefix),
            static (wanted, engine) => engine.Prototype(
                wanted.Interface, GrainTypes.Choose(engine._classes, wanted.Interface, wanted.Prefix)),
            this);
        return (TGrainInterface)prototype.With(IdSpan.Create(primaryKey));
    }

    public EngineStatistics GetStatistics() => new(
        _classes.Sum(c => c.Count),
        new SortedDictionary<string, int>(
            _classes.Where(c => c.Count > 0).ToDictionary(c => c.Type.ToString(), c => c.Count), StringComparer.Ordinal),
        Timeouts.Count);

    /// <summary>
    /// Takes down what has been idle for its class's age, as the engine does by itself every period; ends when that is gone.
    /// </summary>
    public Task CollectAsync() => Task.WhenAll(Collect());

    /// <summary>Takes all activations down, once their running calls have ended. Calls go on: they make new activations.</summary>
    public Task DeactivateAllAsync() =>
        Task.WhenAll(DeactivateAll(DeactivationReasonCode.RuntimeRequested, "All activations are taken down."));

    /// <summary>
    /// Takes all activations down and refuses calls from then on. Those still busy after the stop timeout are not waited for.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _collector?.Dispose();
        using var limit = new CancellationTokenSource(Options.StopTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await DrainAsync(either.Token);
        _stopped = true;
        var rest = Activations();
        if (rest.Length == 0) return;

        Log.StopTimedOut(rest.Length, Options.StopTimeout);
        foreach (var activation in rest) activation.EndNow();
        using var last = new CancellationTokenSource(TimeSpan.FromSeconds(1), Time);
        await Task.WhenAll(rest.Select(a => a.Deactivated))
            .WaitAsync(last.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _stopped = true;
        _collector?.Dispose();
        Timeouts.Dispose();
    }

    /// <summary>A reference without a key to grains of the class, seen as the interface.</summary>
    internal GrainReference Prototype(Type interfaceType, GrainClass grainClass) => _prototypes.GetOrAdd(
        (interfaceType, grainClass),
        static (wanted, interfaces) => GrainReference.Prototype(
            wanted.Interface, interfaces.GetOrAdd(wanted.Interface, static type => new GrainInterface(type)), wanted.Class),
        _interfaces);

    /// <summary>To wherever the grain is.</summary>
    internal void Send(GrainCall call)
    {
        if (Router is { } router) router.Route(call);
        else Deliver(call);
    }

    /// <summary>A call that was made in another engine, to be delivered here; <see cref="GrainCall.Outcome"/> is its answer.</summary>
    internal GrainCall Receive(GrainCall sent, object?[] arguments)
    {
        var target = sent.Target;
        var prototype = Prototype(target.Interface.Type, Array.Find(_classes, c => c.Type == target.Class.Type)!);
        return prototype.Interface[sent.Method.Info].NewCall((GrainReference)prototype.With(target.Id.Key), arguments);
    }

    /// <summary>Whether the grain is active in this engine, or about to be.</summary>
    internal bool Holds(GrainId id) => Array.Exists(_classes, c => c.Type == id.Type && c.Find(id) is not null);

    /// <summary>Takes one activation down, as the directory of a cluster does with one too many.</summary>
    internal void Deactivate(GrainId id, DeactivationReason reason) => Array.Find(_classes, c => c.Type == id.Type)?.Find(id)?.Deactivate(reason);

    /// <summary>To this engine's activation of the grain, which is made if there is none.</summary>
    internal void Deliver(GrainCall call)
    {
        var target = call.Target;
        if (target.LastSeen is { } seen && seen.TryPost(call)) return;

        while (true)
        {
            var activation = _stopped ? target.Class.Find(target.Id) : target.Class.FindOrAdd(target.Id);
            if (activation is null)
            {
                call.Fail(new SiloUnavailableException($"The engine has stopped: {target.Id} cannot be called any more."));
                return;
            }

            target.LastSeen = activation;
            if (activation.TryPost(call)) return;
        }
    }

    internal long NextNumber() => Interlocked.Increment(ref _activationsMade);

    internal long ToTimestamp(TimeSpan time) => (long)(time.TotalSeconds * Time.TimestampFrequency);

    /// <summary>A timer that fires once (or every so often), without the async locals of whoever makes it.</summary>
    internal ITimer CreateTimer(Action callback, TimeSpan period)
    {
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Time.CreateTimer(static state => ((Action)state!)(), callback, period, period);
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        // A grain that goes may call another one back to life, so once is not always enough.
        while (Activations().Length > 0 && !cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(DeactivateAll(DeactivationReasonCode.ShuttingDown, "The engine stops."))
                .WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private Activation[] Activations() => [.. _classes.SelectMany(c => c.Activations).OrderBy(a => a.Number)];

    private Task[] DeactivateAll(DeactivationReasonCode code, string reason)
    {
        var all = Activations();
        foreach (var activation in all) activation.Deactivate(new DeactivationReason(code, reason));
        return Array.ConvertAll(all, a => a.Deactivated);
    }

    private Task[] Collect()
    {
        var now = Time.GetTimestamp();
        Activation[] idle =
            [.. Activations().Where(a => a.Class.CollectionAge != Timeout.InfiniteTimeSpan && a.IsIdleFor(a.Class.CollectionAge, now))];
        var reason = new DeactivationReason(DeactivationReasonCode.ActivationIdle, "It was idle.");
        foreach (var activation in idle) activation.Deactivate(reason);
        return Array.ConvertAll(idle, a => a.Deactivated);
    }
}
