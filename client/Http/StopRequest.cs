using System.Text.Json;

namespace OrleansCluster.Client.Http;

internal sealed record StopRequest(string? Reason)
{
    public static JsonElement Body(string? reason) => JsonSerializer.SerializeToElement(new StopRequest(reason), ClusterJson.Options);
}
