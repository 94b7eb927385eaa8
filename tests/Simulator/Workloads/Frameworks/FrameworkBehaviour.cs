using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Grains.Frameworks;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads.Frameworks;

/// <summary>A framework of one kind of behaviour: registers, behaves so until the end, and is removed by an operator.</summary>
internal abstract class FrameworkBehaviour(WorkloadContext context, string name, SeededRandom random)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private int _tasks;

    public string Name { get; } = name;

    public bool HasFinished { get; private set; }

    public virtual string Describe() => Known is null ? "not registered" : Known.IsRemoved ? "being removed" : "registered";

    protected WorkloadContext Context { get; } = context;

    protected SeededRandom Random { get; } = random;

    /// <summary>Its own, so that a registration whose answer was lost can be repeated.</summary>
    protected string Token => $"the-token-of-{Name}";

    /// <summary>As the database has been told.</summary>
    protected FrameworkRecord? Known => Context.Cluster.Invariants!.Framework(Name);

    protected abstract FrameworkSpec Spec { get; }

    public async Task Run()
    {
        await Context.Ask(silo => Of(silo).Register(Spec, Token));
        while (!Context.IsFinishing)
            await Act();
        await End();

        // Who never comes back removes nothing itself.
        Context.Cluster.Invariants!.OnTornDown(Name);
        while (true)
        {
            HasFinished = Known is null;

            // A registration that was on its way for long may come after the end.
            if (!HasFinished)
                await Task.WhenAll(Ask(framework => framework.Teardown()), Resist());
            await Context.Delay(_pause);
        }
    }

    /// <summary>Something that takes its time; again and again.</summary>
    protected abstract Task Act();

    /// <summary>Nothing goes wrong any more.</summary>
    protected virtual Task End() => Task.CompletedTask;

    /// <summary>What it does while it is being removed.</summary>
    protected virtual Task Resist() => Task.CompletedTask;

    /// <summary>Asks once, through some silo.</summary>
    /// <returns><see langword="null"/> where nobody has answered.</returns>
    protected async Task<Answer<T>?> Try<T>(Func<IFrameworkGrain, Task<Answer<T>>> ask)
        where T : class
    {
        try
        {
            return await Context.Try(silo => ask(Of(silo)));
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            await Context.Delay(_pause);
            return null;
        }
    }

    /// <inheritdoc cref="Try{T}(Func{IFrameworkGrain, Task{Answer{T}}})"/>
    protected Task<Answer<string>?> Try(Func<IFrameworkGrain, Task<Refusal?>> ask) =>
        Try(async framework => await ask(framework) is { } refusal ? refusal : new Answer<string> { Value = "" });

    protected void Violate(string what) => Context.Cluster.World.Violate($"framework {Name} {what}");

    protected FrameworkTask Draw(string node, string command) => new()
    {
        Name = $"{Name}/task_{++_tasks}",
        Node = node,
        Containers =
        [
            new ContainerSpec
            {
                Name = "main",
                Image = "app",
                Command = ["sh", "-c", command],
                Resources = new Resources(50 * Random.Between(1, 6), 32 * Random.Between(1, 4), 0),
                StopTimeout = 2,
            },
        ],
    };

    protected string PickNode() => Random.Pick(Context.Cluster.Hosts.ToList()).Name;

    protected IFrameworkGrain Of(SimulatedSilo silo) => silo.Engine.GetGrain<IFrameworkGrain>(GrainKeys.Framework(Context.Cluster.Options.Cluster, Name));

    private Task Ask(Func<IFrameworkGrain, Task<Refusal?>> ask) => Context.Ask(async silo => new Answer<string> { Refusal = await ask(Of(silo)), Value = "" });
}
