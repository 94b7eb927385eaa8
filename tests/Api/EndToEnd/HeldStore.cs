using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A store whose readers of the cluster state wait until they are let go.</summary>
internal sealed class HeldStore(ITransactionalStore store) : StoreDecorator(store)
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first reader waits.</summary>
    public Task IsAskedFor => _asked.Task;

    public void LetGo() => _letGo.TrySetResult();

    public override async Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _letGo.Task.WaitAsync(cancellationToken);
        return await base.ReadCluster(cluster, cancellationToken);
    }
}
