using System.Collections.Immutable;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Benchmarks.Launch;

/// <summary>The floor: create, start, wait for the end, remove; a few at once, and nothing besides.</summary>
internal sealed class BareLoop(DockerOptions options, LaunchSettings settings) : IDisposable
{
    private readonly DockerClient _docker = new(options, TimeProvider.System);

    public void Dispose() => _docker.Dispose();

    /// <summary>Containers a second, from the first call to the last container's end.</summary>
    public async Task<double> Run(int round, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var next = -1;
        var ended = TimeSpan.Zero;
        await Task.WhenAll(Enumerable.Range(0, LaunchSettings.AtOnce).Select(_ => Work()));
        return settings.Containers / ended.TotalSeconds;

        async Task Work()
        {
            for (int number; (number = Interlocked.Increment(ref next)) < settings.Containers;)
            {
                var launch = ToLaunch(round, number);
                var created = await _docker.CreateContainer(launch.Name, LaunchTranslation.Translate(launch, options.LogSize), cancellationToken);
                await _docker.StartContainer(created.Id, cancellationToken);

                // Not for the next exit, asked before the start: a short container may have ended before Docker has heard of that wait.
                await _docker.WaitContainer(created.Id, WaitCondition.NotRunning, cancellationToken);
                ended = TimeProvider.System.GetElapsedTime(began);
                await _docker.RemoveContainer(created.Id, cancellationToken);
            }
        }
    }

    private ContainerLaunch ToLaunch(int round, int number) => new()
    {
        Labels = new ContainerLabels("bench-floor", "host", $"floor-{round}.main.{number}", 1, "main"),
        Spec = settings.Spec,
        Volumes = [],
        Network = settings.Network,
        Environment = ImmutableSortedDictionary<string, string>.Empty,
    };
}
