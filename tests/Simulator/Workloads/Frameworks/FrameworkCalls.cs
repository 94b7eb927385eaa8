using System.Collections.Immutable;
using OrleansCluster.Client;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads.Frameworks;

/// <summary>
/// The calls of a scheduler that is written with the SDK, each repeated until some silo answers. Tokens are looked at between tries and not waited for: a source that has somebody to tell is cancelled on
/// the thread pool, which the world does not see.
/// </summary>
internal sealed class FrameworkCalls(WorkloadContext context, string name, string token) : IFrameworkCalls
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pollStep = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    public Task RegisterAsync(FrameworkSpec framework, CancellationToken cancellationToken) => Accepted(grain => grain.Register(framework, token), cancellationToken);

    public Task<FrameworkSubscription> SubscribeAsync(bool wantsOffers, CancellationToken cancellationToken) => Accepted(grain => grain.Subscribe(wantsOffers), cancellationToken);

    public Task<FrameworkEvents> ReadEventsAsync(string stream, long after, TimeSpan wait, CancellationToken cancellationToken) =>
        Repeat(silo => Of(silo).Next(stream, after, Shorter(wait), CancellationToken.None), cancellationToken);

    public Task<FrameworkLaunched> LaunchAsync(FrameworkLaunch launch, CancellationToken cancellationToken) => Accepted(grain => grain.Launch(launch), cancellationToken);

    public Task AcknowledgeAsync(ImmutableArray<FrameworkAcknowledgement> updates, CancellationToken cancellationToken) => Accepted(grain => grain.AcknowledgeAll(updates), cancellationToken);

    public Task KillAsync(string task, CancellationToken cancellationToken) => Accepted(grain => grain.Kill(task), cancellationToken);

    public Task ReconcileAsync(ImmutableArray<string> tasks, CancellationToken cancellationToken) => Accepted(grain => grain.Reconcile(tasks), cancellationToken);

    public Task<ClusterDelta> ReadStateAsync(ClusterVersion since, TimeSpan wait, bool isFresh, CancellationToken cancellationToken) =>
        Repeat(silo => silo.Engine.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(context.Cluster.Options.Cluster)).Read(since, isFresh, Shorter(wait), CancellationToken.None), cancellationToken);

    private Task Accepted(Func<IFrameworkGrain, Task<Refusal?>> ask, CancellationToken cancellationToken) =>
        Accepted(async grain => await ask(grain) is { } refusal ? refusal : new Answer<string> { Value = "" }, cancellationToken);

    /// <summary>Nothing that it does is wrong, so a refusal would end it for no reason.</summary>
    private async Task<T> Accepted<T>(Func<IFrameworkGrain, Task<Answer<T>>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await Repeat(silo => ask(Of(silo)), cancellationToken);
        if (answer.IsAccepted)
            return answer.Value;
        context.Cluster.World.Violate($"framework {name} was refused: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults)}");
        throw new InvalidOperationException(answer.Refusal.Title);
    }

    private async Task<T> Repeat<T>(Func<SimulatedSilo, Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await context.Cluster.Request(ask).WaitAsync(_limit, context.Clock);
            }
            catch (Exception exception)
            {
                context.Cluster.World.Trace.Add($"framework {name} was not answered: {exception.GetType().Name}: {exception.Message}");
                await context.Delay(_pause);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan wait) => wait < _pollStep ? wait : _pollStep;

    private IFrameworkGrain Of(SimulatedSilo silo) => silo.Engine.GetGrain<IFrameworkGrain>(GrainKeys.Framework(context.Cluster.Options.Cluster, name));
}
