namespace OrleansCluster.Silo.Telemetry.Prometheus;

internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    /// <summary>Not part of the API's description: it is for a scraper, and its form is Prometheus's.</summary>
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (MetricsPage page) => Results.Text(page.Render(), ExpositionWriter.MediaType)).ExcludeFromDescription();
        return routes;
    }
}
