using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal sealed class StoreReadiness(ITransactionalStore store) : IReadiness
{
    public async Task<string?> FindObstacle(CancellationToken cancellationToken)
    {
        try
        {
            await store.LastEvent(ApiNames.DefaultCluster, cancellationToken);
            return null;
        }
        catch (StoreUnavailableException exception)
        {
            return exception.Message;
        }
    }
}
