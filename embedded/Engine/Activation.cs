using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>
/// One grain in memory. It is itself the task scheduler of everything its grain awaits, so that all of it runs as turns, one at a time.
/// The parts: turns (Activation.Turns.cs), the gate for requests (Activation.Gate.cs), coming and going (Activation.Lifecycle.cs).
/// </summary>
internal sealed partial class Activation : TaskScheduler, IThreadPoolWorkItem, IGrainContext
{
    private readonly Lock _lock = new();
    private AsyncServiceScope _scope;

    internal Activation(GrainClass grainClass, GrainId id, long number)
    {
        Class = grainClass;
        GrainId = id;
        Number = number;
        _lastUse = Engine.Time.GetTimestamp();
    }

    /// <summary>The activation whose turn the calling code is in; null outside grains.</summary>
    internal static new Activation? Current => TaskScheduler.Current as Activation;

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    internal GrainClass Class { get; }

    internal EmbeddedEngine Engine => Class.Engine;

    internal IGrainFactory GrainFactory => Engine;

    /// <summary>
    /// Counts activations in the order of their making: whoever walks over them does so in this order, the same in every run.
    /// </summary>
    internal long Number { get; }

    internal PersistentState[] States { get; set; } = [];

    internal static Activation Of(IGrainBase grain) => grain.GrainContext as Activation
        ?? throw new InvalidOperationException($"{grain.GetType()} was not created by the engine: get it by IGrainFactory.GetGrain.");

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => Number.GetHashCode();

    public override string ToString() => $"{GrainId}#{Number}";
}
