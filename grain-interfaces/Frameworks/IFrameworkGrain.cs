using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>One scheduler that is not ours, and its tasks. Key: <see cref="GrainKeys.Framework"/>.</summary>
[Alias("ocs.IFrameworkGrain")]
public interface IFrameworkGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes it in, or changes what is known of it; durable when it returns. Who comes back has to bring the token of the first time, or it is refused as a conflict.
    /// </summary>
    /// <param name="token">
    /// Of one that is new: what its calls will bring along, 16 to 128 visible ASCII characters, so that a registration whose answer was lost can be repeated; empty to have one made.
    /// </param>
    [Alias("Register")]
    Task<Answer<FrameworkRegistration>> Register(FrameworkSpec spec, string token);

    /// <summary><see langword="null"/> where there is none.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<FrameworkView?> Get();

    /// <summary>Whether the token is that of its registration.</summary>
    [Alias("IsItsToken"), AlwaysInterleave]
    Task<bool> IsItsToken(string token);

    /// <summary>Whether nobody has subscribed after who did so by that stream. It may have ended all the same, such as with its silo.</summary>
    [Alias("IsItsStream"), AlwaysInterleave]
    Task<bool> IsItsStream(string stream);

    /// <summary>Whether it listens by that stream, and the token is its own: what is asked before each call, in one.</summary>
    [Alias("Listens"), AlwaysInterleave]
    Task<bool> Listens(string token, string stream);

    /// <summary>Begins to listen: whoever listened before is told no more. All updates that have not been acknowledged are told again.</summary>
    [Alias("Subscribe")]
    Task<Answer<FrameworkSubscription>> Subscribe(bool wantsOffers);

    /// <summary>What is new, after at most <paramref name="wait"/>; who does not ask for fifteen seconds is taken for disconnected, and its offers go back.</summary>
    /// <param name="after">The sequence number of the last event that has been taken in; 0 at first. It is forgotten up to there.</param>
    [Alias("Next"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<FrameworkEvents> Next(string stream, long after, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Claims and starts tasks. What is answered as committed is durable.</summary>
    [Alias("Launch"), AlwaysInterleave]
    Task<Answer<FrameworkLaunched>> Launch(FrameworkLaunch launch);

    /// <summary>Claims resources without tasks. What is answered as committed is durable, and stands until a launch uses it up, it is released or its time is over.</summary>
    [Alias("Claim"), AlwaysInterleave]
    Task<Answer<FrameworkClaimed>> Claim(FrameworkClaims claims);

    /// <summary>Gives back what it has claimed without tasks; claims that stand no more are no error. Durable when it returns.</summary>
    [Alias("Release"), AlwaysInterleave]
    Task<Refusal?> Release(ImmutableArray<string> claims);

    /// <summary>Of these offers those that it can still answer.</summary>
    [Alias("ReadOffers"), AlwaysInterleave]
    Task<ImmutableArray<Offer>> ReadOffers(ImmutableArray<string> offers);

    /// <summary>Gives offers back; those that stand no more are no error.</summary>
    /// <param name="refuseSeconds">For how long what was offered is not offered to it again.</param>
    [Alias("Decline"), AlwaysInterleave]
    Task<Refusal?> Decline(ImmutableArray<string> offers, double refuseSeconds);

    /// <summary>It wants offers again, also of what it has declined.</summary>
    [Alias("Revive"), AlwaysInterleave]
    Task<Refusal?> Revive();

    /// <summary>It wants no more offers until it says so.</summary>
    [Alias("Suppress"), AlwaysInterleave]
    Task<Refusal?> Suppress();

    /// <summary>An update has been dealt with; durable when it returns. One that was not told is no error.</summary>
    [Alias("Acknowledge"), AlwaysInterleave]
    Task<Refusal?> Acknowledge(string task, TaskState state);

    /// <summary>As <see cref="Acknowledge"/>, of many updates in one call: at most 1,000.</summary>
    [Alias("AcknowledgeAll"), AlwaysInterleave]
    Task<Refusal?> AcknowledgeAll(ImmutableArray<FrameworkAcknowledgement> updates);

    /// <summary>Stops a task; what becomes of it is told by an update, also where there is none of that name.</summary>
    [Alias("Kill"), AlwaysInterleave]
    Task<Refusal?> Kill(string task);

    /// <summary>Has updates told of these tasks, or of all that have not ended.</summary>
    [Alias("Reconcile"), AlwaysInterleave]
    Task<Refusal?> Reconcile(ImmutableArray<string> tasks);

    /// <summary>Tells whoever listens that tasks were not taken, and why: once, since nothing of them is stored.</summary>
    [Alias("Reject"), AlwaysInterleave]
    Task<Refusal?> Reject(ImmutableArray<FrameworkRejection> rejections);

    /// <summary>Stops its tasks, gives its offers and claims back and forgets it. Durable when it returns.</summary>
    [Alias("Teardown")]
    Task<Refusal?> Teardown();

    /// <summary>From one of its tasks: it has changed. May get lost.</summary>
    [Alias("TaskChanged"), AlwaysInterleave]
    Task TaskChanged(TaskView task);

    /// <summary>From <see cref="IOffersGrain"/>: what has been claimed for it.</summary>
    /// <returns>The ids of those that it takes; the others are given back.</returns>
    [Alias("Offered"), AlwaysInterleave]
    Task<ImmutableArray<string>> Offered(ImmutableArray<Offer> offers);

    /// <summary>An offer, or what it has claimed without tasks, stands no more; one that is not there is no error.</summary>
    [Alias("Rescind"), AlwaysInterleave]
    Task Rescind(ImmutableArray<string> offers);

    /// <summary>Wakes it after a restart.</summary>
    [Alias("Ensure")]
    Task Ensure();
}
