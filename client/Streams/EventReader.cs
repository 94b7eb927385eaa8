using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client.Streams;

/// <summary>Server-sent events whose data are cluster events. Disposes of the response with its last event.</summary>
internal static class EventReader
{
    public static async IAsyncEnumerable<ClusterEvent> ReadAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (response)
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
                yield return Parse(item.Data, response);
        }
    }

    private static ClusterEvent Parse(string data, HttpResponseMessage response)
    {
        try
        {
            return JsonSerializer.Deserialize<ClusterEvent>(data, ClusterJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw ApiConnection.NotUnderstood(response, exception);
        }
    }
}
