using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads.Frameworks;

/// <summary>
/// Makes far more calls at once than are taken from it, asks for more than it reads, and launches all it may have without acknowledging anything. It is throttled, and has no more tasks than it may.
/// </summary>
internal sealed class FloodingFramework(WorkloadContext context, string name, SeededRandom random) : FrameworkBehaviour(context, name, random)
{
    private const int MostLaunches = 20;
    private const int MostTries = 10;

    /// <summary>Calls at once for each that is taken in a second: a full measure is ten, and a grain that is active twice or begins anew has another.</summary>
    private const int Flood = 40;
    private const int AskedAtOnce = 200;

    private readonly FrameworkSpec _spec = new()
    {
        Name = name,
        FailoverTimeout = 100_000,
        RateLimit = random.Between(1, 2),
        MaximumTasks = random.Between(1, 4),
    };

    private int _launches;

    protected override FrameworkSpec Spec => _spec;

    protected override async Task Act()
    {
        await Context.Delay(Random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)));
        if (Random.Chance(0.3))
            await Try(framework => framework.Subscribe(wantsOffers: false));
        await Pour(Random.Between(1, Flood * _spec.RateLimit));
    }

    protected override async Task End()
    {
        // Silos that are still coming back do not answer.
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await Pour(Flood * _spec.RateLimit) > 0)
                return;
        }

        Violate($"has made {Flood * _spec.RateLimit} calls at once again and again, and was not throttled at {_spec.RateLimit} a second");
    }

    /// <returns>How many were too many.</returns>
    private async Task<int> Pour(int calls)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Call()));
        var throttled = answers.Count(refusal => refusal?.Kind == RefusalKind.Throttled);
        Context.Cluster.World.Trace.Add($"framework {Name} makes {calls} calls at once, of which {throttled} are too many");
        return throttled;
    }

    private async Task<Refusal?> Call() => Random.Below(8) switch
    {
        0 => await Launch(1),
        1 => await Launch(_spec.MaximumTasks + 1),
        2 => (await Try(framework => framework.Kill("nothing")))?.Refusal,
        3 => (await Try(framework => framework.Reconcile([.. Enumerable.Range(0, AskedAtOnce).Select(i => $"task_{i}")])))?.Refusal,
        4 => (await Try(framework => framework.Acknowledge("nothing", TaskState.Stopped)))?.Refusal,
        _ => (await Try(framework => framework.Revive()))?.Refusal,
    };

    private async Task<Refusal?> Launch(int tasks)
    {
        if (_launches >= MostLaunches)
            return null;
        var node = PickNode();
        var launch = new FrameworkLaunch { TransactionId = $"{++_launches}", Tasks = [.. Enumerable.Range(0, tasks).Select(_ => Draw(node, "sleep 20"))] };
        var answer = await Try(framework => framework.Launch(launch));
        if (answer is { IsAccepted: true } && tasks > _spec.MaximumTasks)
            Violate($"may have {_spec.MaximumTasks} tasks, and has launched {tasks}");
        return answer?.Refusal;
    }
}
