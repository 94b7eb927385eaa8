namespace OrleansCluster.Embedded;

/// <summary>A grain's state, whatever its type.</summary>
internal abstract class PersistentState
{
    internal abstract Task LoadAsync(CancellationToken cancellationToken);
}
