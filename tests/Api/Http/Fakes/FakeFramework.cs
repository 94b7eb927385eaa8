using System.Collections.Immutable;

namespace OrleansCluster.Tests.Api.Http.Fakes;

/// <summary>Keeps who it is, and what it was asked for.</summary>
internal sealed class FakeFramework : IFrameworkGrain
{
    public const string Made = "made-for-the-first-registration";

    private string? _token;

    public FrameworkView? View { get; set; }
    public Refusal? Refusal { get; set; }
    public List<string> Asked { get; } = [];
    public List<TimeSpan> Waits { get; } = [];
    public FrameworkLaunch? Launched { get; private set; }
    public FrameworkClaims? Claimed { get; private set; }

    /// <summary>What is new, poll by poll; the last from then on.</summary>
    public Queue<FrameworkEvents> News { get; } = new();

    public Task<Answer<FrameworkRegistration>> Register(FrameworkSpec spec, string token)
    {
        if (Refusal is not null)
            return Task.FromResult<Answer<FrameworkRegistration>>(Refusal);
        var isNew = View is null;
        View = new FrameworkView { Spec = spec, Status = FrameworkStatus.Disconnected, RegisteredAt = DateTimeOffset.UnixEpoch };
        if (isNew)
            _token = token == "" ? Made : token;
        return Task.FromResult<Answer<FrameworkRegistration>>(new FrameworkRegistration { Framework = View, Token = isNew && token == "" ? Made : "" });
    }

    public Task<FrameworkView?> Get() => Task.FromResult(View);

    public Task<bool> IsItsToken(string token) => Task.FromResult(View is not null && token == _token);

    public Task<bool> Listens(string token, string stream) => throw new NotSupportedException();

    public Task<bool> IsItsStream(string stream) => throw new NotSupportedException();

    public Task<Refusal?> Reject(ImmutableArray<FrameworkRejection> rejections) => throw new NotSupportedException();

    public Task<Answer<FrameworkSubscription>> Subscribe(bool wantsOffers)
    {
        Asked.Add($"subscribe {wantsOffers}");
        return Task.FromResult<Answer<FrameworkSubscription>>(new FrameworkSubscription { Stream = "s1", Framework = View! });
    }

    public Task<FrameworkEvents> Next(string stream, long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        Asked.Add($"next {stream} {after}");
        Waits.Add(wait);
        return Task.FromResult(News.Count > 1 ? News.Dequeue() : News.Peek());
    }

    public Task<Answer<FrameworkLaunched>> Launch(FrameworkLaunch launch)
    {
        Launched = launch;
        ImmutableArray<FrameworkOutcome> outcomes =
        [
            .. launch.Tasks.Select((task, i) => i == 0
                ? new FrameworkOutcome(task.Name, TaskId.OfFramework("f", task.Name), task.Node, null)
                : new FrameworkOutcome(task.Name, TaskId.OfFramework("f", task.Name), null, new ClaimRejection
                {
                    Reason = ClaimRejectionReason.DoesNotFit, Dimension = "cpu", Shortfall = 500, TakenBy = "other/7", RefreshTo = new ClusterVersion("i", long.MaxValue),
                })),
        ];
        return Task.FromResult<Answer<FrameworkLaunched>>(Refusal ?? (Answer<FrameworkLaunched>)new FrameworkLaunched(outcomes));
    }

    public Task<Answer<FrameworkClaimed>> Claim(FrameworkClaims claims)
    {
        Claimed = claims;
        return Task.FromResult<Answer<FrameworkClaimed>>(Refusal ?? (Answer<FrameworkClaimed>)new FrameworkClaimed([.. claims.Claims.Select((claim, i) => new FrameworkClaimOutcome(OfferId.OfClaim("f", "t", i), claim.Node, null))]));
    }

    public Task<Refusal?> Release(ImmutableArray<string> claims) => Answer($"release {string.Join(' ', claims)}");

    public Task<Refusal?> Decline(ImmutableArray<string> offers, double refuseSeconds) => Answer($"decline {string.Join(' ', offers)} {refuseSeconds}");

    public Task<Refusal?> Revive() => Answer("revive");

    public Task<Refusal?> Suppress() => Answer("suppress");

    public Task<Refusal?> Acknowledge(string task, TaskState state) => Answer($"acknowledge {task} {state}");

    public Task<Refusal?> AcknowledgeAll(ImmutableArray<FrameworkAcknowledgement> updates) => Answer($"acknowledge {string.Join(' ', updates.Select(update => $"{update.Task} {update.State}"))}");

    public Task<Refusal?> Kill(string task) => Answer($"kill {task}");

    public Task<Refusal?> Reconcile(ImmutableArray<string> tasks) => Answer($"reconcile {string.Join(' ', tasks)}");

    public Task<Refusal?> Teardown() => View is null ? Task.FromResult<Refusal?>(Refusal.NotFound("There is no such framework.")) : Answer("teardown");

    public Task TaskChanged(TaskView task) => throw new NotSupportedException();

    public Task<ImmutableArray<string>> Offered(ImmutableArray<Offer> offers) => throw new NotSupportedException();

    public Task<ImmutableArray<Offer>> ReadOffers(ImmutableArray<string> offers) => throw new NotSupportedException();

    public Task Rescind(ImmutableArray<string> offers) => throw new NotSupportedException();

    public Task Ensure() => throw new NotSupportedException();

    private Task<Refusal?> Answer(string asked)
    {
        Asked.Add(asked);
        return Task.FromResult(Refusal);
    }
}
