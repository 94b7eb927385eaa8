using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>What the engine logs.</summary>
internal sealed partial class EngineLog(ILogger<EmbeddedEngine> logger)
{
    [LoggerMessage(LogLevel.Warning, "One-way call {Method} of {Grain} failed; its caller does not know.")]
    internal partial void OneWayCallFailed(Exception? exception, GrainId grain, string method);

    [LoggerMessage(LogLevel.Error, "{Grain} could not be activated; its callers get the failure, the next call tries anew.")]
    internal partial void ActivationFailed(Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Debug, "{Grain} is deactivated ({Code}: {Reason})")]
    internal partial void Deactivating(GrainId grain, DeactivationReasonCode code, string reason);

    [LoggerMessage(LogLevel.Error, "{Grain} failed while it was deactivated; it is gone all the same.")]
    internal partial void DeactivationFailed(Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Warning, "A timer callback of {Grain} failed; the timer goes on.")]
    internal partial void TimerFailed(Exception? exception, GrainId grain);

    [LoggerMessage(LogLevel.Error, "A turn of {Grain} failed outside any call.")]
    internal partial void TurnFailed(Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Warning, "The engine stopped waiting for {Count} activations that did not end within {Timeout}.")]
    internal partial void StopTimedOut(int count, TimeSpan timeout);
}
