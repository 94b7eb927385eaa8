using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Silo.Entry;
using OrleansCluster.Testing.Invariants;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Sends requests to a service as long as there is one, through the hosts that run: none of them may be repeated once it has reached a task.</summary>
internal sealed class Caller(WorkloadContext context, HostEntries entries, Keeper keeper, SeededRandom random)
{
    private const int MostTries = 4;
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(3);

    private EndpointBook Book => context.Cluster.Invariants!.Endpoints;

    private DateTimeOffset Now => context.Cluster.World.Time.GetUtcNow();

    public bool HasFinished { get; private set; }

    public async Task Run()
    {
        while (!keeper.HasFinished)
        {
            await context.Delay(random.Between(_shortest, _longest));
            var silos = context.Cluster.Hosts.Select(host => host.Silo).OfType<SimulatedSilo>().ToList();
            if (silos.Count == 0)
                continue;
            var silo = random.Pick(silos);
            if (random.Chance(0.3))
                await Ask(silo);
            var duration = random.Between(_shortest, _longest);
            context.Process.Run(() => Send(silo, duration));
        }

        HasFinished = true;
    }

    private async Task Ask(SimulatedSilo silo)
    {
        var asked = Now;
        try
        {
            if (await entries.Ask(silo) is { } list)
                Book.OnList(entries.Service, list, asked);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            context.Cluster.World.Trace.Add($"a caller was not told where the service is: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private async Task Send(SimulatedSilo silo, TimeSpan duration)
    {
        var asked = Now;
        try
        {
            if (await entries.Find(silo) is not { } watch)
                Book.OnRefused(entries.Service, "there is no such service", asked);
            else if (!await Forward(watch, duration))
                Book.OnRefused(entries.Service, "nobody listens", asked);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            context.Cluster.World.Trace.Add($"a request was not taken: {exception.GetType().Name}: {exception.Message}");
            if (!silo.Process.IsDead)
                Book.OnRefused(entries.Service, exception.Message, asked);
        }
    }

    private async Task<bool> Forward(ServiceWatch watch, TimeSpan duration)
    {
        var tried = new List<Destination>(MostTries);
        while (tried.Count < MostTries && watch.Choose(tried) is { } destination)
        {
            tried.Add(destination);
            if (Book.Connect(destination.Endpoint, duration) is not { } request)
            {
                destination.Failed();
                continue;
            }

            destination.Enter();
            await context.Delay(duration);
            destination.Leave();
            Book.OnAnswered(request);
            return true;
        }

        return false;
    }
}
