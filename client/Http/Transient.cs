namespace OrleansCluster.Client.Http;

/// <summary>Tells failures that pass (a silo restarts, a connection breaks) from those that stay.</summary>
internal static class Transient
{
    public static bool Is(Exception exception) => exception switch
    {
        // HttpIOException, a connection that broke in the middle of an answer, is an IOException.
        HttpRequestException or IOException => true,
        ClusterApiException refused => refused.Status is 502 or 503 or 504,
        _ => false,
    };

    public static string Why(Exception exception) => exception is ClusterApiException refused
        ? $"status {refused.Status}, {refused.Title}"
        : exception.Message;
}
