using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Entry;

/// <summary>A service as it is named in the network: <c>SERVICE.CLUSTER.ocs.internal</c>.</summary>
internal readonly record struct ServiceAddress(string Service, string Cluster)
{
    /// <summary>What all names of services end in. The domain <c>internal</c> is reserved for private use.</summary>
    public const string Zone = "ocs.internal";

    /// <summary>For short, the zone may be left out, and the cluster too where it is the silo's own.</summary>
    /// <returns><see langword="null"/> for what cannot be a service's name.</returns>
    public static ServiceAddress? Parse(string name, string ownCluster)
    {
        var text = name.TrimEnd('.').ToLowerInvariant();
        var isWhole = text.EndsWith($".{Zone}", StringComparison.Ordinal);
        if (isWhole)
            text = text[..^(Zone.Length + 1)];
        return text.Split('.') switch
        {
            [var service, var cluster] when ApiNames.IsService(service) && ApiNames.IsCluster(cluster) => new ServiceAddress(service, cluster),
            [var service] when !isWhole && ApiNames.IsService(service) => new ServiceAddress(service, ownCluster),
            _ => null,
        };
    }

    public string Key => GrainKeys.Service(Cluster, Service);

    public override string ToString() => $"{Service}.{Cluster}";
}
