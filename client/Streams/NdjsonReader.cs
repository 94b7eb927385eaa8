using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client.Streams;

/// <summary>One JSON value a line. Disposes of the response with its last line.</summary>
internal static class NdjsonReader
{
    public static async IAsyncEnumerable<T> ReadAsync<T>(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using (response)
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                // Empty lines keep the connection alive.
                if (line.Length > 0) yield return Parse<T>(line, response);
            }
        }
    }

    private static T Parse<T>(string line, HttpResponseMessage response)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, ClusterJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw ApiConnection.NotUnderstood(response, exception);
        }
    }
}
