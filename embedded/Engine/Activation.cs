using Orleans;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>Not there yet: the kernel comes with the next commits.</summary>
internal sealed class Activation
{
    internal static IGrainContext? Current => null;

    internal IGrainFactory GrainFactory => throw new NotImplementedException();

    internal static Activation Of(IGrainBase grain) => throw new NotImplementedException();

    internal void DelayDeactivation(TimeSpan timeSpan) => throw new NotImplementedException();

    internal IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
        throw new NotImplementedException();
}
