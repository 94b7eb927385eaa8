using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// Writes RecordIO: each record's length in bytes as decimal digits, a line feed, and the record. One write and one flush for each, so that it goes out at once and as one chunk: there are clients that
/// take a chunk for an event. ASCII alone, since some count letters where they should count bytes.
/// </summary>
internal sealed class RecordWriter(HttpResponse response)
{
    public async Task Write(JsonObject record, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record);
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{json.Length}\n"));
        await response.Body.WriteAsync((byte[])[.. head, .. json], cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
