namespace OrleansCluster.Tests.Engine.Embedded;

internal interface IAgedGrain : IGrainWithStringKey
{
    Task Touch(TimeSpan delayDeactivation);

    Task StartTimer(bool keepAlive);
}

internal interface IShortLivedGrain : IAgedGrain;

internal interface ILongLivedGrain : IAgedGrain;

internal interface IKeptGrain : IAgedGrain;

internal interface IAlwaysActiveGrain : IAgedGrain;

internal abstract class AgedGrain : Grain
{
    public Task Touch(TimeSpan delayDeactivation)
    {
        DelayDeactivation(delayDeactivation);
        return Task.CompletedTask;
    }

    public Task StartTimer(bool keepAlive)
    {
        this.RegisterGrainTimer(
            _ => Task.CompletedTask,
            new GrainTimerCreationOptions(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }
}

[CollectionAgeLimit("00:05:00")]
internal sealed class ShortLivedGrain : AgedGrain, IShortLivedGrain;

[CollectionAgeLimit(Hours = 1)]
internal sealed class LongLivedGrain : AgedGrain, ILongLivedGrain;

[KeepAlive]
internal sealed class KeptGrain : AgedGrain, IKeptGrain;

[CollectionAgeLimit(AlwaysActive = true)]
internal sealed class AlwaysActiveGrain : AgedGrain, IAlwaysActiveGrain;
