namespace OrleansCluster.Client;

/// <summary>Nobody answered at the address, after every attempt that the options allow. What was submitted may or may not have been accepted.</summary>
public sealed class ClusterUnreachableException(Uri address, string why, Exception cause)
    : Exception($"No cluster answers at {address.GetLeftPart(UriPartial.Authority)}: {why}", cause)
{
    public Uri Address { get; } = address;
}
