using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>Who may grant leases, and when none can be left.</summary>
internal sealed partial class NodeGrain
{
    /// <summary>
    /// Whether a lease may be granted now. Without an answer from the store it may while no other silo has one either; otherwise the failure is
    /// the agent's answer, and its lease runs out.
    /// </summary>
    private async Task<bool> MayGrant()
    {
        try
        {
            return await IsHolder();
        }
        catch (StoreUnavailableException exception)
        {
            if (!await outage.IsGeneral())
                throw;
            LogGeneralOutage(logger, exception, Node);
            return true;
        }
    }

    /// <summary>
    /// Whether nobody can have granted a lease for so long that it has run out. What an earlier holder did during an outage of the store is not
    /// known, so with one the time begins anew.
    /// </summary>
    private async Task<bool> IsLost()
    {
        if (_session is not null && !IsSilent)
            return false;
        try
        {
            // Silence is looked at afterwards: the agent may have come back meanwhile.
            return await IsHolder() && IsSilent && _claims is { } claims && (claims.Status != NodeStatus.Lost || !claims.Claims.IsEmpty);
        }
        catch (StoreUnavailableException)
        {
            _renewedAt = clock.GetTimestamp();
            throw;
        }
    }

    private bool IsSilent => _registering == 0 && clock.GetElapsedTime(_renewedAt) > leases.LostAfter;

    private async Task<bool> IsHolder()
    {
        bool isMine;
        try
        {
            isMine = await _hold.IsMine(CancellationToken.None).WaitAsync(leases.Duration / 5, clock);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException($"The store does not say who holds node {Node}.", exception);
        }

        if (!isMine)
        {
            // Another activation answers for the node from now on.
            LogHeldElsewhere(logger, Node);
            _session = null;
            Changed();
            DeactivateOnIdle();
        }

        return isMine;
    }
}
