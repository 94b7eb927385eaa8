using System.Reflection;

namespace OrleansCluster.Tests.Api.OverGrains;

/// <summary>A way to the grains of whichever silo is there at the moment, as a caller outside has one.</summary>
public class SwitchedGrains : DispatchProxy
{
    private IGrainFactory? _current;

    public static IGrainFactory Create(out SwitchedGrains switched)
    {
        var factory = Create<IGrainFactory, SwitchedGrains>();
        switched = (SwitchedGrains)(object)factory;
        return factory;
    }

    /// <param name="silo"><see langword="null"/> for none.</param>
    public void To(IGrainFactory? silo) => Volatile.Write(ref _current, silo);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var silo = Volatile.Read(ref _current) ?? throw new SiloUnavailableException("There is no silo.");
        return targetMethod!.Invoke(silo, args);
    }
}
