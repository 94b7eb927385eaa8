using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrleansCluster.Client.Http;

/// <summary>Sends requests, again where that can help, and turns answers into values or exceptions.</summary>
internal sealed class ApiConnection
{
    private const int TooManyRequests = 429;

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string _cluster;
    private readonly string? _token;

    public ApiConnection(HttpClient http, OrleansClusterClientOptions options, TimeProvider time)
    {
        _http = http;
        _address = options.Address.AbsolutePath.EndsWith('/') ? options.Address : new UriBuilder(options.Address) { Path = options.Address.AbsolutePath + '/' }.Uri;
        _cluster = options.Cluster;
        Time = time;
        Attempts = options.Attempts;
        ReconnectAttempts = options.ReconnectAttempts;
    }

    private ApiConnection(ApiConnection other, string token)
    {
        (_http, _address, _cluster, _token) = (other._http, other._address, other._cluster, token);
        (Time, Attempts, ReconnectAttempts) = (other.Time, other.Attempts, other.ReconnectAttempts);
    }

    public TimeProvider Time { get; }
    public int Attempts { get; }
    public int ReconnectAttempts { get; }

    /// <summary>The same for calls that bring a bearer token along.</summary>
    public ApiConnection With(string token) => new(this, token);

    public Task<T> GetAsync<T>(ApiPath path, CancellationToken cancellationToken)
        where T : class => GetAsync<T>(path, Attempts, cancellationToken);

    public Task<T> GetAsync<T>(ApiPath path, int attempts, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(() => Request(HttpMethod.Get, path), attempts, cancellationToken);

    public Task<T> PostAsync<T>(ApiPath path, JsonElement body, string? idempotencyKey, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(() => WithBody(HttpMethod.Post, path, body, idempotencyKey), Attempts, cancellationToken);

    /// <summary>What does something else when it is asked again.</summary>
    public Task<T> PostOnceAsync<T>(ApiPath path, JsonElement body, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(() => WithBody(HttpMethod.Post, path, body, idempotencyKey: null), attempts: 1, cancellationToken);

    /// <summary>Safe to repeat.</summary>
    public Task<T> PutAsync<T>(ApiPath path, JsonElement body, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(() => WithBody(HttpMethod.Put, path, body, idempotencyKey: null), Attempts, cancellationToken);

    /// <summary>Once: of a repeated one it is not known what it would be told.</summary>
    public Task<T> DeleteAsync<T>(ApiPath path, string? etag, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(() => Delete(path, etag), attempts: 1, cancellationToken);

    /// <summary>As <see cref="PostAsync{T}"/>, as often as a watch is asked again: for what goes on over a restart of the cluster.</summary>
    public Task<T> PostPatientlyAsync<T>(ApiPath path, JsonElement body, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(() => WithBody(HttpMethod.Post, path, body, idempotencyKey: null), ReconnectAttempts, cancellationToken);

    /// <summary>What is answered without a content. Safe to repeat.</summary>
    public Task TellAsync(ApiPath path, JsonElement body, CancellationToken cancellationToken) =>
        SendAsync(() => WithBody(HttpMethod.Post, path, body, idempotencyKey: null), (_, _) => Task.FromResult(true), ReconnectAttempts, cancellationToken);

    /// <summary>The same of a deletion.</summary>
    public Task RemoveAsync(ApiPath path, CancellationToken cancellationToken) =>
        SendAsync(() => Delete(path, etag: null), (_, _) => Task.FromResult(true), attempts: 1, cancellationToken);

    public async IAsyncEnumerable<T> ListAsync<T>(
        Func<PageRequest, CancellationToken, Task<Page<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new PageRequest { Limit = 1000 };
        while (true)
        {
            var page = await read(request, cancellationToken);
            foreach (var item in page.Items)
                yield return item;
            if (page.Next is null) yield break;
            request = request with { After = page.Next };
        }
    }

    /// <summary>Opens a stream with one attempt; whoever reads it decides about more.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiPath path, string accept, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        return await ExchangeAsync(request, cancellationToken);
    }

    public ClusterUnreachableException Unreachable(Exception cause) => new(_address, Transient.Why(cause), cause);

    private Task<T> SendAsync<T>(Func<HttpRequestMessage> create, int attempts, CancellationToken cancellationToken)
        where T : class => SendAsync(create, ReadAsync<T>, attempts, cancellationToken);

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> create, Func<HttpResponseMessage, CancellationToken, Task<T>> read, int attempts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = create();
                using var response = await ExchangeAsync(request, cancellationToken);
                return await read(response, cancellationToken);
            }
            catch (ClusterApiException exception) when (exception.Status == TooManyRequests && attempt < attempts)
            {
                // It was refused before anything of it was done.
            }
            catch (Exception exception) when (Transient.Is(exception))
            {
                if (attempt >= attempts) throw Unreachable(exception);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                // HttpClient's own timeout: waiting for as long again would help nobody.
                throw Unreachable(exception);
            }

            await Task.Delay(Backoff.After(attempt), Time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response)
            throw await ProblemReader.ReadAsync(response, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(ClusterJson.Options, cancellationToken) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw NotUnderstood(response, exception);
        }
    }

    internal static ClusterApiException NotUnderstood(HttpResponseMessage response, JsonException exception) => new(
        (int)response.StatusCode,
        "The answer is not that of a cluster's API: is the address right, and are both ends of a like version?",
        $"{response.RequestMessage?.RequestUri}: {exception.Message}",
        ImmutableArray<Fault>.Empty);

    private HttpRequestMessage Request(HttpMethod method, ApiPath path)
    {
        var request = new HttpRequestMessage(method, new Uri(_address, path.ToString() + (path.HasQuery ? '&' : '?') + "cluster=" + Uri.EscapeDataString(_cluster)));
        if (_token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return request;
    }

    private HttpRequestMessage Delete(ApiPath path, string? etag)
    {
        var request = Request(HttpMethod.Delete, path);
        if (etag is not null) request.Headers.Add("If-Match", $"\"{etag}\"");
        return request;
    }

    private HttpRequestMessage WithBody(HttpMethod method, ApiPath path, JsonElement body, string? idempotencyKey)
    {
        var request = Request(method, path);
        request.Content = JsonContent.Create(body, options: ClusterJson.Options);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }
}
