using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>
/// The part of the Docker Engine API that the cluster uses, over its socket. An error answer throws <see cref="DockerApiException"/>,
/// whatever its status; no answer at all throws <see cref="RuntimeUnavailableException"/>. Speaks no TLS and sends no registry credentials.
/// </summary>
internal sealed partial class DockerClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly DockerOptions _options;
    private readonly TimeProvider _clock;

    public DockerClient(DockerOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => options.Endpoint.Connect(cancellationToken),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        // Time limits are set call by call: a followed log or the stream of events may go on for days.
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://docker/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A call that answers with one JSON object.</summary>
    private async Task<T> Call<T>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var limit = new CallLimit(_options.CallTimeout, _clock, cancellationToken);
        try
        {
            using var response = await Send(method, path, content, limit.Token);
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            return await JsonSerializer.DeserializeAsync(body, type, limit.Token)
                ?? throw new JsonException("null where an object was expected");
        }
        catch (Exception e) when (limit.Covers(e) || IsBroken(e) || e is JsonException)
        {
            throw Unavailable($"{method} {path}", e);
        }
    }

    /// <summary>A call whose answer has no body that matters.</summary>
    /// <param name="extra">Time that the daemon itself is asked to spend, on top of the limit of every call.</param>
    private async Task<HttpStatusCode> Call(
        HttpMethod method, string path, HttpContent? content, TimeSpan extra, CancellationToken cancellationToken)
    {
        using var limit = new CallLimit(_options.CallTimeout + extra, _clock, cancellationToken);
        try
        {
            using var response = await Send(method, path, content, limit.Token);
            return response.StatusCode;
        }
        catch (Exception e) when (limit.Covers(e))
        {
            throw Unavailable($"{method} {path}", e);
        }
    }

    /// <summary>Returns as soon as the headers are here; the caller reads the body at its own pace and disposes the response.</summary>
    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var version = await NegotiateVersion(cancellationToken);
        var response = await SendRaw(method, $"/v{version}{path}", content, cancellationToken);
        if ((int)response.StatusCode < 400) return response;
        using (response) throw await ReadError(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendRaw(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (IsBroken(e))
        {
            // Whoever answers next may be another version of the daemon.
            _version = null;
            throw Unavailable($"{method} {path}", e);
        }
    }

    private static async Task<DockerApiException> ReadError(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
        try
        {
            text = JsonSerializer.Deserialize(text, DockerJson.Default.ErrorAnswer)?.Message ?? text;
        }
        catch (JsonException)
        {
            // A proxy's page, or the bare text of an unknown path: better than nothing.
        }

        return new DockerApiException(response.StatusCode, text.Length > 0 ? text : $"HTTP {(int)response.StatusCode}");
    }

    private static bool IsBroken(Exception e) => e is HttpRequestException or IOException;

    private RuntimeUnavailableException Unavailable(string call, Exception e) =>
        new($"Docker at {_options.Endpoint} gave no answer to {call}: {(e.InnerException ?? e).Message}", e);

    private static string Escape(string text) => Uri.EscapeDataString(text);

    /// <summary>Docker's filters: a JSON object of arrays, in the query.</summary>
    private static string Filters(params ReadOnlySpan<(string Key, string[] Values)> filters)
    {
        var all = new Dictionary<string, string[]>();
        foreach (var (key, values) in filters) all.Add(key, values);
        return Escape(JsonSerializer.Serialize(all, DockerJson.Default.DictionaryStringStringArray));
    }
}
