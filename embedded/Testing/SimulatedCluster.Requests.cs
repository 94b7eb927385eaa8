using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing;

/// <summary>How the world outside reaches the silos: each request goes to one of them, and the world runs until it is answered.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>What was lost on its way is soon asked anew.</summary>
    private static readonly TimeSpan _answerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs code of the caller's in one of the silos, drawn by the seed among those that reach the others and the database: it calls any grains by their
    /// interfaces, as a grain of that silo would, so that a scheduler of one's own can be tried on the shared state (<see cref="IClusterStateGrain.Read"/>,
    /// <see cref="IClusterStateGrain.Commit"/>, <see cref="ITaskGrain.Placed"/>) against others, and against faults.
    /// </summary>
    /// <param name="code">
    /// Runs on the thread of the simulation and in virtual time: it waits by <see cref="Clock"/> and leaves thread pool and real timers alone. It is not
    /// asked again when it fails.
    /// </param>
    /// <returns>What the code has returned.</returns>
    /// <exception cref="IOException">No silo runs, or the one that ran the code has died. What the code had done until then is done.</exception>
    /// <exception cref="SimulationException">It has not ended within <see cref="SimulationOptions.Patience"/>, has left the thread, or an invariant was broken.</exception>
    public async Task<T> Call<T>(Func<IGrainFactory, Task<T>> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var answer = RequestOfReady(async silo => await code(silo.Engine));
        return World.Run(() => answer.IsCompleted, Time + Options.Patience) ? await answer : throw Late("the code that was called has ended");
    }

    /// <inheritdoc cref="Call{T}"/>
    public Task Call(Func<IGrainFactory, Task> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Call(async grains =>
        {
            await code(grains);
            return true;
        });
    }

    /// <summary>One request to any of the silos that run, answered or failed.</summary>
    internal Task<T> Request<T>(Func<SimulatedSilo, Task<T>> serve) => Request(RunningSilos(), serve);

    /// <summary>As from behind a load balancer that looks at /readyz, so that a test which cuts off a node sees what becomes of it.</summary>
    private Task<T> RequestOfReady<T>(Func<SimulatedSilo, Task<T>> serve)
    {
        var all = RunningSilos();
        var ready = all.FindAll(silo => silo.Answers && silo.Host.ReachesStore);
        return Request(ready.Count > 0 ? ready : all, serve);
    }

    private Task<T> Request<T>(List<SimulatedSilo> silos, Func<SimulatedSilo, Task<T>> serve)
    {
        World.Enter();
        return silos.Count == 0 ? Task.FromException<T>(new IOException("No silo runs.")) : World.Random.Pick(silos).Request(serve);
    }

    private List<SimulatedSilo> RunningSilos() => [.. _hosts.Values.Select(host => host.Silo).OfType<SimulatedSilo>()];

    /// <summary>Asks one silo after the other until one answers: grains refuse by values, so whatever they throw is a failure of their surroundings.</summary>
    private async Task<T> Ask<T>(Func<SimulatedSilo, Task<T>> serve)
    {
        if (_hosts.Count == 0)
            throw new InvalidOperationException($"The cluster has no node; {nameof(AddNode)} comes first.");
        var end = Time + Options.Patience;
        while (true)
        {
            Exception failure;
            try
            {
                var answer = RequestOfReady(serve);
                if (World.Run(() => answer.IsCompleted, Time + _answerTime))
                    return await answer;
                failure = new TimeoutException($"No answer within {_answerTime} of virtual time.");
            }
            catch (Exception exception) when (exception is not SimulationException)
            {
                failure = exception;
            }

            World.Trace.Add($"a client was not answered: {failure.GetType().Name}: {failure.Message}");
            if (Time >= end)
                throw Late($"an answer of a silo. The last failure was {failure.GetType().Name}: {failure.Message}");
            Advance(_pause);
        }
    }
}
