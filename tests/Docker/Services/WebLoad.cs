using System.Collections.Concurrent;
using System.Net;

namespace OrleansCluster.Tests.Docker.Services;

/// <summary>A few callers that ask for a page again and again, and what they got.</summary>
internal sealed class WebLoad : IAsyncDisposable
{
    public const int Callers = 4;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _over = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Task _running;

    public WebLoad(Uri address, string host) => _running = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Run(address, host)));

    /// <summary>The answers, by their text: the name of the task that gave it.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = [];

    public ConcurrentQueue<string> Failures { get; } = [];

    public async Task Stop()
    {
        await _over.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _http.Dispose();
        _over.Dispose();
    }

    private async Task Run(Uri address, string host)
    {
        // Not on the caller's time.
        await Task.Yield();
        while (!_over.IsCancellationRequested)
        {
            await Ask(address, host);
            await Task.Delay(_pause);
        }
    }

    private async Task Ask(Uri address, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/index.html")) { Headers = { Host = host } };
        try
        {
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK)
                Answers.AddOrUpdate(text.Trim(), 1, (_, count) => count + 1);
            else
                Failures.Enqueue($"{(int)answer.StatusCode} {text}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Failures.Enqueue(exception.Message);
        }
    }
}
