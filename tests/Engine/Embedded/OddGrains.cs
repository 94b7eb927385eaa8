namespace OrleansCluster.Tests.Engine.Embedded;

internal interface IOrphanGrain : IGrainWithStringKey
{
    Task Nothing();
}

internal interface IOddGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> Numbers();
}

internal sealed class OddGrain : Grain, IOddGrain
{
    public IAsyncEnumerable<int> Numbers() => throw new NotSupportedException();
}

internal interface IMirrorGrain : IGrainWithStringKey
{
    Task<string> Compare();
}

internal sealed class MirrorGrain(IGrainContext context, IServiceProvider services) : Grain, IMirrorGrain
{
    public Task<string> Compare()
    {
        var same = this.AsReference<IMirrorGrain>().Equals(GrainFactory.GetGrain<IMirrorGrain>(this.GetPrimaryKeyString()))
            && ReferenceEquals(context, GrainContext)
            && ReferenceEquals(services, context.ActivationServices)
            && ReferenceEquals(this, context.GrainInstance);
        return Task.FromResult(same ? "same" : "different");
    }
}

internal interface ISlowStartGrain : IGrainWithStringKey
{
    Task<string> Answer();
}

internal sealed class SlowStartGrain(TimeProvider time) : Grain, ISlowStartGrain
{
    public static TimeSpan Start { get; } = TimeSpan.FromMilliseconds(200);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Task.Delay(Start, time, cancellationToken);

    public Task<string> Answer() => Task.FromResult(this.GetPrimaryKeyString());
}
