using System.Collections.Immutable;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Containers;

/// <summary>The container runtime of one host, which outlives its silo. Calls are taken in the order in which they were made.</summary>
internal sealed class HostRuntime(World world, string host, Resources capacity, Action<ContainerInfo, SimulatedFiles> changed)
{
    /// <summary>What faults know the creation of a container by.</summary>
    public const string CreateMessage = "create";

    private static readonly TimeSpan _fastest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _slowest = TimeSpan.FromMilliseconds(100);
    private TimeSpan _lastCall;
    private int _incarnation = 1;

    public SimulatedRuntime Simulated { get; private set; } = new(capacity, world.Time, "1", changed);

    /// <summary>What containers use.</summary>
    public required Func<ContainerLabels, SimulatedUse?> Load
    {
        get;
        init => Simulated.Load = field = value;
    }

    /// <summary>The daemon does not answer; the containers run on.</summary>
    public bool IsAway { get; set; }

    /// <summary>In the order in which they were made.</summary>
    public ImmutableArray<ContainerInfo> Running() => [.. Simulated.All().Where(info => info.Status == ContainerStatus.Running)];

    /// <summary>The power goes: no container is left.</summary>
    public void Lose()
    {
        Simulated.PowerOff();
        Simulated = new SimulatedRuntime(capacity, world.Time, $"{++_incarnation}", changed) { Load = Load };
    }

    public Task<T> Call<T>(Func<IContainerRuntime, Task<T>> effect, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>();
        var runtime = Simulated;
        world.AfterInOrder(ref _lastCall, world.Random.Between(_fastest, _slowest), async () =>
        {
            if (IsAway || runtime != Simulated)
            {
                answer.TrySetException(new RuntimeUnavailableException($"The container runtime of {host} does not answer."));
                return;
            }

            var outcome = effect(runtime);
            await ((Task)outcome).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            answer.TrySetFromTask(outcome);
        });
        return cancellationToken.CanBeCanceled ? answer.Task.WaitAsync(cancellationToken) : answer.Task;
    }
}
