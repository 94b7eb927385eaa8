using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>
/// The calls of one framework, which bring its token along. Every call may be refused with 401 or 403, where the token is not the one of the registration, and 404, where the framework is
/// not there; calls that are too many at a time (429) are repeated like those that nobody has answered.
/// </summary>
public sealed class FrameworkClient : IFrameworkCalls
{
    private readonly ApiConnection _connection;
    private readonly FrameworksClient _frameworks;

    internal FrameworkClient(ApiConnection connection, FrameworksClient frameworks, string name)
    {
        _connection = connection;
        _frameworks = frameworks;
        Name = name;
    }

    public string Name { get; }

    /// <summary>Begins to listen: who listened before is told no more. All updates that are not acknowledged are told again.</summary>
    public Task<FrameworkSubscription> SubscribeAsync(bool wantsOffers, CancellationToken cancellationToken = default) =>
        _connection.PostPatientlyAsync<FrameworkSubscription>(Path("subscribe").With("offers", wantsOffers ? "true" : null), Body(new { }), cancellationToken);

    /// <summary>What is new in a stream. A framework that has not asked for fifteen seconds is taken for disconnected.</summary>
    /// <param name="after">The sequence number of the last event that was dealt with; 0 at first.</param>
    /// <param name="wait">How long to wait while there is nothing new, in whole seconds, up to a minute.</param>
    public Task<FrameworkEvents> ReadEventsAsync(string stream, long after, TimeSpan wait, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<FrameworkEvents>(Path("events").With("stream", stream).With("after", after).With("wait", (long)wait.TotalSeconds), _connection.ReconnectAttempts, cancellationToken);

    /// <summary>Claims nodes for tasks and starts them. Safe to repeat: one transaction id is one launch.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong. 409: names of its tasks are in use, or it has as many tasks as it may.</exception>
    public Task<FrameworkLaunched> LaunchAsync(FrameworkLaunch launch, CancellationToken cancellationToken = default) =>
        _connection.PostPatientlyAsync<FrameworkLaunched>(Path("launches"), Body(launch), cancellationToken);

    /// <summary>
    /// Claims resources without tasks. They stand until a launch names them among its offers, they are released, or their time is over. Safe to repeat: while they stand one transaction id is one transaction.
    /// </summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong.</exception>
    public Task<FrameworkClaimed> ClaimAsync(FrameworkClaims claims, CancellationToken cancellationToken = default) =>
        _connection.PostPatientlyAsync<FrameworkClaimed>(Path("claims"), Body(claims), cancellationToken);

    /// <summary>Gives back what it has claimed without tasks, 1,000 claims at most; durable when it returns.</summary>
    public Task ReleaseAsync(ImmutableArray<string> claims, CancellationToken cancellationToken = default) =>
        _connection.TellAsync(Path("claims", "release"), Body(new { Claims = claims }), cancellationToken);

    /// <summary>Gives offers back.</summary>
    /// <param name="refuse">For how long their nodes are not offered again.</param>
    public Task DeclineAsync(ImmutableArray<string> offers, TimeSpan refuse, CancellationToken cancellationToken = default) =>
        _connection.TellAsync(Path("offers", "decline"), Body(new { Offers = offers, RefuseSeconds = refuse.TotalSeconds }), cancellationToken);

    /// <summary>It wants offers again, also of what it has declined.</summary>
    public Task ReviveAsync(CancellationToken cancellationToken = default) => _connection.TellAsync(Path("revive"), Body(new { }), cancellationToken);

    /// <summary>It wants no more offers until it says so.</summary>
    public Task SuppressAsync(CancellationToken cancellationToken = default) => _connection.TellAsync(Path("suppress"), Body(new { }), cancellationToken);

    /// <summary>Updates have been dealt with, 1,000 at most; durable when it returns. A task whose end was acknowledged is forgotten.</summary>
    public Task AcknowledgeAsync(ImmutableArray<FrameworkAcknowledgement> updates, CancellationToken cancellationToken = default) =>
        _connection.TellAsync(Path("acknowledge"), Body(new { Updates = updates }), cancellationToken);

    /// <summary>Stops a task; what becomes of it is told by an update, also where there is none of that name.</summary>
    public Task KillAsync(string task, CancellationToken cancellationToken = default) => _connection.TellAsync(Path("tasks", task, "kill"), Body(new { }), cancellationToken);

    /// <summary>Has updates told of these tasks, or of all that have not ended.</summary>
    public Task ReconcileAsync(ImmutableArray<string> tasks, CancellationToken cancellationToken = default) => _connection.TellAsync(Path("reconcile"), Body(new { Tasks = tasks }), cancellationToken);

    /// <summary>Stops its tasks, gives its offers back and forgets it once they have stopped.</summary>
    public Task TeardownAsync(CancellationToken cancellationToken = default) => _connection.RemoveAsync(Path(), cancellationToken);

    Task IFrameworkCalls.RegisterAsync(FrameworkSpec framework, CancellationToken cancellationToken) =>
        _connection.PutAsync<FrameworkRegistration>(Path(), Body(framework), cancellationToken);

    Task<ClusterDelta> IFrameworkCalls.ReadStateAsync(ClusterVersion since, TimeSpan wait, bool isFresh, CancellationToken cancellationToken) =>
        _frameworks.GetStateAsync(since, wait, isFresh, cancellationToken);

    private ApiPath Path(params ReadOnlySpan<string> rest) => ApiPath.Of(["frameworks", Name, .. rest]);

    private static JsonElement Body<T>(T body) => JsonSerializer.SerializeToElement(body, ClusterJson.Options);
}
