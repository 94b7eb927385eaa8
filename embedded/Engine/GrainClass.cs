using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>One grain class: how its grains are made and treated, and those that are active.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    private readonly ObjectFactory _factory;
    private readonly PersistentStateParameter[] _states;

    internal GrainClass(EmbeddedEngine engine, Type implementation)
    {
        Engine = engine;
        Implementation = implementation;
        Type = GrainType.Create(TypeName(implementation));
        IsReentrant = implementation.IsDefined(typeof(ReentrantAttribute));
        CollectionAge = AgeOf(implementation, engine.Options.CollectionAge);
        _states = PersistentStateParameter.Of(implementation);
        _factory = ActivatorUtilities.CreateFactory(implementation, [.. _states.Select(s => s.ParameterType)]);
        ActivatesAtOnce = _states.Length == 0 && IsInherited(nameof(Grain.OnActivateAsync), [typeof(CancellationToken)]);
        DeactivatesAtOnce = IsInherited(nameof(Grain.OnDeactivateAsync), [typeof(DeactivationReason), typeof(CancellationToken)]);
    }

    internal EmbeddedEngine Engine { get; }

    internal Type Implementation { get; }

    internal GrainType Type { get; }

    internal bool IsReentrant { get; }

    /// <summary>Idleness after which activations are collected; infinite for never.</summary>
    internal TimeSpan CollectionAge { get; }

    /// <summary>There is no state to read and no OnActivateAsync of its own, so nothing to put a time limit on.</summary>
    internal bool ActivatesAtOnce { get; }

    internal bool DeactivatesAtOnce { get; }

    internal ICollection<Activation> Activations => _activations.Values;

    internal int Count => _activations.Count;

    internal IGrainBase Create(IServiceProvider services, Activation activation)
    {
        var states = Array.ConvertAll(_states, parameter => parameter.Bind(activation, services));
        activation.States = states;
        return (IGrainBase)_factory(services, states);
    }

    internal Activation? Find(GrainId id) => _activations.GetValueOrDefault(id.Key.ToString());

    internal Activation FindOrAdd(GrainId id) => _activations.GetOrAdd(
        id.Key.ToString(), static (_, made) => new Activation(made.Class, made.Id, made.Class.Engine.NextNumber()), (Class: this, Id: id));

    internal void Forget(Activation activation) =>
        _activations.TryRemove(KeyValuePair.Create(activation.GrainId.Key.ToString(), activation));

    private bool IsInherited(string method, Type[] parameters) =>
        Implementation.GetMethod(method, parameters)?.DeclaringType == typeof(Grain);

    private static string TypeName(Type implementation)
    {
        var name = implementation.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }

    private static TimeSpan AgeOf(Type implementation, TimeSpan fallback)
    {
        if (implementation.IsDefined(typeof(KeepAliveAttribute))) return Timeout.InfiniteTimeSpan;

        var limit = implementation.GetCustomAttribute<CollectionAgeLimitAttribute>();
        return limit is null ? fallback : limit.AlwaysActive ? Timeout.InfiniteTimeSpan : limit.AgeLimit;
    }
}
