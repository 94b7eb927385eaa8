using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Metrics of services, for their autoscaling and their deployments' alarms: <c>/v1/services/NAME/metrics</c>.</summary>
public sealed partial class ServicesClient
{
    /// <summary>Says what a metric is now. It counts for a minute: put it again before that.</summary>
    /// <exception cref="ClusterApiException">400: no name that a metric may have, or one that nodes measure. 404: no such service. 409: it has 32 other metrics.</exception>
    public Task<ServiceMetric> PutMetricAsync(string service, string metric, double value, CancellationToken cancellationToken = default) =>
        _connection.PutAsync<ServiceMetric>(ApiPath.Of("services", service, "metrics", metric), Body(new { Value = value }), cancellationToken);
}
