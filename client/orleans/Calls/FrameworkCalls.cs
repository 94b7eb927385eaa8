using System.Collections.Immutable;

namespace OrleansCluster.Client.Calls;

/// <summary>The calls of one framework over grains. Who calls grains is trusted, so that only the registration asks for the token.</summary>
internal sealed class FrameworkCalls(IFrameworkGrain grain, IClusterViewGrain view, string token, RepeatedCall repeated) : IFrameworkCalls
{
    private static readonly TimeSpan _callLimit = TimeSpan.FromSeconds(5);

    /// <summary>A launch registers its definitions first, and may be of a thousand tasks.</summary>
    private static readonly TimeSpan _launchLimit = TimeSpan.FromSeconds(30);

    /// <summary>Polls are short, so that one that was lost with its silo is soon asked anew; what their answers may take beyond them.</summary>
    private static readonly TimeSpan _pollStep = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);

    public async Task RegisterAsync(FrameworkSpec framework, CancellationToken cancellationToken) =>
        Accepted(await repeated.Run(limit => grain.Register(framework, token).WaitAsync(limit), _callLimit, cancellationToken));

    public async Task<FrameworkSubscription> SubscribeAsync(bool wantsOffers, CancellationToken cancellationToken) =>
        Accepted(await repeated.Run(limit => grain.Subscribe(wantsOffers).WaitAsync(limit), _callLimit, cancellationToken));

    public Task<FrameworkEvents> ReadEventsAsync(string stream, long after, TimeSpan wait, CancellationToken cancellationToken) =>
        repeated.Run(limit => grain.Next(stream, after, Shorter(wait), limit), _pollStep + _grace, cancellationToken);

    public async Task<FrameworkLaunched> LaunchAsync(FrameworkLaunch launch, CancellationToken cancellationToken) =>
        Accepted(await Admitted(limit => grain.Launch(launch).WaitAsync(limit), answer => answer.Refusal, _launchLimit, cancellationToken));

    public async Task AcknowledgeAsync(ImmutableArray<FrameworkAcknowledgement> updates, CancellationToken cancellationToken) =>
        Accept(await Admitted(limit => grain.AcknowledgeAll(updates).WaitAsync(limit), refusal => refusal, _launchLimit, cancellationToken));

    public async Task KillAsync(string task, CancellationToken cancellationToken) =>
        Accept(await Admitted(limit => grain.Kill(task).WaitAsync(limit), refusal => refusal, _callLimit, cancellationToken));

    public async Task ReconcileAsync(ImmutableArray<string> tasks, CancellationToken cancellationToken) =>
        Accept(await Admitted(limit => grain.Reconcile(tasks).WaitAsync(limit), refusal => refusal, _launchLimit, cancellationToken));

    public Task<ClusterDelta> ReadStateAsync(ClusterVersion since, TimeSpan wait, bool isFresh, CancellationToken cancellationToken) =>
        repeated.Run(limit => view.Read(since, isFresh, Shorter(wait), limit), _pollStep + _grace, cancellationToken);

    /// <summary>Calls that are too many at a time have done nothing, and are repeated as if they had failed.</summary>
    private Task<T> Admitted<T>(Func<CancellationToken, Task<T>> call, Func<T, Refusal?> refusalOf, TimeSpan limit, CancellationToken cancellationToken) =>
        repeated.Run(
            async token => await call(token) is var answer && refusalOf(answer) is { Kind: RefusalKind.Throttled } refusal ? throw new FrameworkRefusedException(refusal) : answer,
            limit,
            cancellationToken);

    private static TimeSpan Shorter(TimeSpan wait) => wait < _pollStep ? wait : _pollStep;

    private static T Accepted<T>(Answer<T> answer)
        where T : class => answer.IsAccepted ? answer.Value : throw new FrameworkRefusedException(answer.Refusal);

    private static void Accept(Refusal? refusal)
    {
        if (refusal is not null)
            throw new FrameworkRefusedException(refusal);
    }
}
