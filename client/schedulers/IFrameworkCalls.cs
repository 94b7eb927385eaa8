using System.Collections.Immutable;

namespace OrleansCluster.Client;

/// <summary>The calls of one framework, over whichever way there is to the cluster. Each is repeated as long as its way is patient; what the cluster refuses is thrown.</summary>
internal interface IFrameworkCalls
{
    Task RegisterAsync(FrameworkSpec framework, CancellationToken cancellationToken);

    Task<FrameworkSubscription> SubscribeAsync(bool wantsOffers, CancellationToken cancellationToken);

    Task<FrameworkEvents> ReadEventsAsync(string stream, long after, TimeSpan wait, CancellationToken cancellationToken);

    Task<FrameworkLaunched> LaunchAsync(FrameworkLaunch launch, CancellationToken cancellationToken);

    Task AcknowledgeAsync(ImmutableArray<FrameworkAcknowledgement> updates, CancellationToken cancellationToken);

    Task KillAsync(string task, CancellationToken cancellationToken);

    Task ReconcileAsync(ImmutableArray<string> tasks, CancellationToken cancellationToken);

    Task<ClusterDelta> ReadStateAsync(ClusterVersion since, TimeSpan wait, bool isFresh, CancellationToken cancellationToken);
}
