using System.Reflection;

namespace OrleansCluster.Embedded;

/// <summary>Settings of the embedded engine, checked when it starts.</summary>
public sealed class EmbeddedEngineOptions
{
    /// <summary>Assemblies whose grain classes are known to the engine; at least one.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>
    /// How long a caller waits before it gets a <see cref="TimeoutException"/>, unless the method says otherwise; 1 ms to 1 day.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Idleness after which an activation is collected, unless its class says otherwise; 1 s to 10 years.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for; 10 ms to 1 day, or infinite for never.</summary>
    public TimeSpan CollectionPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>When the token of OnActivateAsync (and of the first read of its state) is cancelled; 1 ms to 1 hour.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long OnDeactivateAsync may take; 1 ms to 1 hour.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for running calls before it deactivates their grains all the same; 0 to 1 hour.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Told of every request's start and end; for traces of simulations.</summary>
    public ITurnObserver? Observer { get; set; }

    /// <summary>Grain classes that are left out although their assembly is known: a simulation has others in their place.</summary>
    internal HashSet<Type> LeftOut { get; } = [];
}
