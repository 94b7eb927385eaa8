using System.Collections.Immutable;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary>Frameworks that hoard, take what is others', and die: what it costs those beside them.</summary>
public sealed class FrameworkScenarioTests : IAsyncLifetime
{
    private static readonly Resources _size = new(4000, 8192, 0);
    private static readonly TimeSpan _listen = TimeSpan.FromSeconds(2);
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(11);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Offer_ThatMayBeContested_GoesToWorkOfAHigherBandAndIsRescinded()
    {
        await _cluster.AddNode("n1", _size);
        var (stream, offer) = await Hoard("hoarder", contestable: true);

        await Submit("job-urgent", priority: 92);
        var after = 1L;
        var rescinded = "";
        await _cluster.Until(
            async () =>
            {
                foreach (var happened in (await Listen("hoarder", stream, after)).Events)
                    (after, rescinded) = (happened.Sequence, happened.Rescinded ?? rescinded);
                return rescinded.Length > 0 && (await _cluster.ListTasks("job-urgent")).All(task => task.State >= TaskState.Running);
            },
            "the urgent task runs");

        Assert.Equal(offer.Id, rescinded);
    }

    [Fact]
    public async Task Offer_OfAFrameworkThatHoards_IsItsOwnUntilItExpiresAndThenServesOthers()
    {
        await _cluster.AddNode("n1", _size);
        var (stream, offer) = await Hoard("hoarder", contestable: false);

        await Submit("job-urgent", priority: 92);
        await _cluster.Until(async () => (await Listen("hoarder", stream, 1)).Events.Any(happened => happened.Rescinded == offer.Id), "the offer expires");

        Assert.True(_cluster.Time >= TimeSpan.FromSeconds(30), "It was taken before its time.");
        await Grain("hoarder", framework => framework.Suppress());
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob("job-urgent")).Status);
    }

    [Fact]
    public async Task Launch_OnWhatIsOfferedToAnother_IsRefusedAndTheOfferStands()
    {
        await _cluster.AddNode("n1", _size);
        var (_, offer) = await Hoard("honest", contestable: false);
        await Register("thief");

        var stolen = await Ask("thief", framework => framework.Launch(Launch("theft", [offer.Id])));
        var hidden = await Ask("thief", framework => framework.Launch(Launch("late", [OfferId.Of("thief", "nobody", 1)])));
        var own = await Ask("honest", framework => framework.Launch(Launch("own", [offer.Id])));

        Assert.Equal((RefusalKind.Invalid, "/offers/0"), (stolen.Refusal!.Kind, stolen.Refusal.Faults[0].Path));
        Assert.Equal(ClaimRejectionReason.OfferGone, Assert.Single(hidden.Value!.Tasks).Rejection!.Reason);
        Assert.True(Assert.Single(own.Value!.Tasks).IsCommitted);
    }

    [Theory]
    [InlineData(AbandonedTasks.Kill)]
    [InlineData(AbandonedTasks.Keep)]
    public async Task Framework_ThatDies_LeavesItsTasksAsItChoseAndItsOffersToOthers(AbandonedTasks abandoned)
    {
        await _cluster.AddNode("n1", _size);
        var (_, offer) = await Hoard("mortal", contestable: false, abandoned);
        Assert.True((await Ask("mortal", framework => framework.Launch(Launch("long", [offer.Id])))).Value!.Tasks[0].IsCommitted);
        await _cluster.Until(async () => (await _cluster.GetTask(TaskId.OfFramework("mortal", "long")))?.State == TaskState.Running, "its task runs");

        // It says nothing from here on.
        await Submit("job-other", priority: 50);
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob("job-other")).Status);
        _cluster.Advance(TimeSpan.FromMinutes(2));

        var task = await _cluster.GetTask(TaskId.OfFramework("mortal", "long"));
        Assert.Equal(abandoned == AbandonedTasks.Kill ? TaskState.Stopped : TaskState.Running, task!.State);
        Assert.Equal(abandoned == AbandonedTasks.Keep, await _cluster.Call(async grains => await Of(grains, "mortal").Get() is not null));
    }

    [Fact]
    public async Task Launch_AskedForAgainAfterItsTaskHasEnded_IsAnsweredAsBeforeUntilTheEndIsAcknowledged()
    {
        await _cluster.AddNode("n1", _size);
        await Register("patient");
        var launch = Launch("short", [], new Resources(50, 64, 0), "exit 3");
        var first = await Ask("patient", framework => framework.Launch(launch));
        await _cluster.Until(async () => (await _cluster.GetTask(TaskId.OfFramework("patient", "short")))?.State == TaskState.Stopped, "its task ends");

        var again = await Ask("patient", framework => framework.Launch(launch));
        await Grain("patient", framework => framework.Acknowledge("short", TaskState.Stopped));
        var late = await Ask("patient", framework => framework.Launch(launch));

        Assert.Equal(Assert.Single(first.Value!.Tasks), Assert.Single(again.Value!.Tasks));
        Assert.Equal((RefusalKind.Conflict, "/tasks/0/name"), (late.Refusal!.Kind, late.Refusal.Faults[0].Path));
    }

    [Fact]
    public async Task Framework_ThatFloods_IsThrottledAndGoesOnLater()
    {
        await _cluster.AddNode("n1", _size);
        await Register("flooder", rate: 1);

        var refusals = await _cluster.Call(async grains => await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Of(grains, "flooder").Revive())));
        _cluster.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains(refusals, refusal => refusal?.Kind == RefusalKind.Throttled);
        Assert.Null(await _cluster.Call(grains => Of(grains, "flooder").Revive()));
    }

    /// <summary>The task is stored before the framework looks for what it has to stop, while it does, or after it is gone.</summary>
    [Fact]
    public async Task Teardown_WhileATaskIsBeingLaunched_LeavesNoneBehind()
    {
        await _cluster.AddNode("n1", _size);
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"leaver{i}")];
        foreach (var name in names)
            await Register(name);

        await _cluster.Call(grains => Task.WhenAll(names.Select(async (name, i) =>
        {
            var launch = Of(grains, name).Launch(Launch("long", [], new Resources(50, 32 + i, 0)));
            await Task.Delay(TimeSpan.FromMilliseconds(i), _cluster.Clock);
            await Of(grains, name).Teardown();
            await launch;
        })));
        await _cluster.Until(() => _cluster.Call(async grains => (await Task.WhenAll(names.Select(name => Of(grains, name).Get()))).All(framework => framework is null)), "all are removed");

        var tasks = (await Task.WhenAll(names.Select(name => _cluster.GetTask(TaskId.OfFramework(name, "long"))))).OfType<TaskView>().ToList();
        Assert.NotEmpty(tasks);
        Assert.All(tasks, task => Assert.Equal(TaskState.Stopped, task.State));
    }

    /// <summary>One that has been offered all there is, and does not answer.</summary>
    private async Task<(string Stream, Offer Offer)> Hoard(string name, bool contestable, AbandonedTasks abandoned = AbandonedTasks.Keep)
    {
        await Register(name, contestable, abandoned);
        var stream = (await Ask(name, framework => framework.Subscribe(wantsOffers: true))).Value!.Stream;
        Offer? offer = null;
        await _cluster.Until(
            async () =>
            {
                offer = (await Listen(name, stream, 0)).Events.SelectMany(happened => happened.Offers).FirstOrDefault();
                return offer is not null;
            },
            "something is offered");
        return (stream, offer!);
    }

    private async Task Register(string name, bool contestable = false, AbandonedTasks abandoned = AbandonedTasks.Keep, int rate = 1_000)
    {
        var spec = new FrameworkSpec { Name = name, Priority = 50, OfferTimeout = 30, Contestable = contestable, Abandoned = abandoned, RateLimit = rate };
        Assert.True((await Ask(name, framework => framework.Register(spec, ""))).IsAccepted);
    }

    private Task<FrameworkEvents> Listen(string name, string stream, long after) => _cluster.Call(grains => Of(grains, name).Next(stream, after, _listen, CancellationToken.None));

    private Task<Answer<T>> Ask<T>(string name, Func<IFrameworkGrain, Task<Answer<T>>> ask)
        where T : class => _cluster.Call(grains => ask(Of(grains, name)));

    private Task<Refusal?> Grain(string name, Func<IFrameworkGrain, Task<Refusal?>> ask) => _cluster.Call(grains => ask(Of(grains, name)));

    private IFrameworkGrain Of(IGrainFactory grains, string name) => grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(_cluster.Options.Cluster, name));

    private static FrameworkLaunch Launch(string task, ImmutableArray<string> offers) => Launch(task, offers, new Resources(500, 512, 0));

    private static FrameworkLaunch Launch(string task, ImmutableArray<string> offers, Resources size, string script = "sleep 10000000") => new()
    {
        TransactionId = task,
        Offers = offers,
        Tasks = [new FrameworkTask { Name = task, Node = "n1", Containers = [Container(script, size)] }],
    };

    private async Task Submit(string id, int priority) => await _cluster.Submit(id, new JobSpec
    {
        Name = "job",
        Priority = priority,
        Tasks = [new JobTaskSpec { Name = "work", Containers = [Container("sleep 5", new Resources(3000, 1024, 0))] }],
    });

    private static ContainerSpec Container(string script, Resources size) => new() { Name = "main", Image = "app", Command = ["sh", "-c", script], Resources = size, StopTimeout = 2 };
}
