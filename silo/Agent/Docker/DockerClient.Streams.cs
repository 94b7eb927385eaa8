using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansCluster.Silo.Agent.Docker.Logs;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerClient
{
    /// <summary>
    /// What happens to containers from now on. Ends when the daemon ends it; a stream that breaks throws
    /// <see cref="RuntimeUnavailableException"/>.
    /// </summary>
    /// <param name="labels">Each <c>name=value</c>; all must be there.</param>
    /// <param name="actions">Docker's words: <c>start</c>, <c>die</c>, <c>oom</c>, <c>destroy</c> …</param>
    public async IAsyncEnumerable<Wire.EventMessage> WatchEvents(
        string[] labels, string[] actions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filters = Filters(("type", ["container"]), ("label", labels), ("event", actions));
        using var response = await Send(HttpMethod.Get, $"/events?filters={filters}", null, cancellationToken);
        await foreach (var line in ReadLines(response, cancellationToken))
        {
            yield return Parse(line, DockerJson.Default.EventMessage);
        }
    }

    /// <summary>The container's output from its beginning, line by line; with <paramref name="follow"/> until it ends.</summary>
    public async IAsyncEnumerable<LogLine> ReadLogs(string id, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"/containers/{Escape(id)}/logs?stdout=true&stderr=true&timestamps=true&follow={(follow ? "true" : "false")}";
        using var response = await Send(HttpMethod.Get, path, null, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var lines = LogReader.Read(body, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = lines;
        while (await Next(lines.MoveNextAsync(), $"GET {path}")) yield return lines.Current;
    }

    private async IAsyncEnumerable<string> ReadLines(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(body);
        while (true)
        {
            string? line;
            try
            {
                line = await reader.ReadLineAsync(cancellationToken);
            }
            catch (Exception e) when (IsBroken(e))
            {
                throw Unavailable("a stream", e);
            }

            if (line is null) yield break;
            if (line.Length > 0) yield return line;
        }
    }

    private T Parse<T>(string line, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new JsonException("null where an object was expected");
        }
        catch (JsonException e)
        {
            throw Unavailable("a stream", e);
        }
    }

    private async ValueTask<bool> Next(ValueTask<bool> step, string call)
    {
        try
        {
            return await step;
        }
        catch (Exception e) when (IsBroken(e) || e is InvalidDataException)
        {
            throw Unavailable(call, e);
        }
    }
}
