using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OrleansCluster.Tests.Api.Mesos;

/// <summary>A scheduler of Mesos over plain HTTP, which writes its bodies as the clients that there are write them: in chunks, and null for whatever is not set.</summary>
internal sealed class MesosScheduler : IDisposable
{
    public const string Path = "/api/v1/scheduler";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;
    private readonly HttpResponseMessage _answer;
    private readonly Stream _body;

    private MesosScheduler(HttpClient client, HttpResponseMessage answer, Stream body) => (_client, _answer, _body, CallsTo) = (client, answer, body, client.BaseAddress!);

    /// <summary>Where its calls go; its stream is where it was opened.</summary>
    public Uri CallsTo { get; set; }

    public HttpResponseMessage Answer => _answer;

    public string Stream => _answer.Headers.GetValues("Mesos-Stream-Id").Single();

    /// <summary>As SUBSCRIBED told it.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Opens a stream; its first event is left to be read.</summary>
    public static async Task<MesosScheduler> Open(Uri address, string? id, string capabilities)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        var framework = id is null ? "null" : $$$$"""{"value":"{{{{id}}}}"}""";
        var request = Request(
            $$$$"""
            {"framework_id":{{{{framework}}}},"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"root","name":"My 1st Framework","id":{{{{framework}}}},"failover_timeout":604800,"checkpoint":null,
            "role":null,"hostname":null,"principal":null,"webui_url":null,"capabilities":{{{{capabilities}}}},"labels":null}},"accept":null,"decline":null,"kill":null}
            """);
        using var patience = new CancellationTokenSource(_patience);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        return new MesosScheduler(client, answer, await answer.Content.ReadAsStreamAsync(patience.Token));
    }

    public static async Task<MesosScheduler> Subscribe(Uri address, string? id = null, string capabilities = "null")
    {
        var scheduler = await Open(address, id, capabilities);
        await scheduler.Begin();
        return scheduler;
    }

    /// <summary>Reads the first event.</summary>
    public async Task Begin()
    {
        var subscribed = await Next() ?? throw new InvalidOperationException("The stream ended at once.");
        Assert.Equal("SUBSCRIBED", subscribed.GetProperty("type").GetString());
        Id = subscribed.GetProperty("subscribed").GetProperty("framework_id").GetProperty("value").GetString()!;
    }

    /// <summary>The next event; nothing at the stream's end.</summary>
    public async Task<JsonElement?> Next()
    {
        using var patience = new CancellationTokenSource(_patience);
        var length = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            if (await _body.ReadAsync(one, patience.Token) == 0)
                return null;
            if (one[0] == '\n')
                break;
            length.Append((char)one[0]);
        }

        var record = new byte[int.Parse(length.ToString(), System.Globalization.CultureInfo.InvariantCulture)];
        await _body.ReadExactlyAsync(record, patience.Token);
        return JsonElement.Parse(record);
    }

    /// <summary>The next event of that type, the part of it that has its name where it has one.</summary>
    public async Task<JsonElement> Next(string type)
    {
        while (await Next() is { } happened)
        {
            if (happened.GetProperty("type").GetString() == type)
                return happened.TryGetProperty(type.ToLowerInvariant(), out var part) ? part : happened;
        }

        throw new Xunit.Sdk.XunitException($"Expected {type}; the stream has ended");
    }

    public async Task<JsonElement> NextOffer() => (await Next("OFFERS")).GetProperty("offers")[0];

    public async Task<JsonElement> NextOffer(string node)
    {
        while (true)
        {
            var offers = (await Next("OFFERS")).GetProperty("offers").EnumerateArray();
            foreach (var offer in offers.Where(offer => offer.GetProperty("agent_id").GetProperty("value").GetString() == node))
                return offer;
        }
    }

    public async Task<JsonElement> NextStatus() => (await Next("UPDATE")).GetProperty("status");

    public async Task<JsonElement> NextStatus(string task)
    {
        while (true)
        {
            if (await NextStatus() is var status && status.GetProperty("task_id").GetProperty("value").GetString() == task)
                return status;
        }
    }

    /// <param name="part">With its name; empty for a call that has none.</param>
    public Task<(HttpStatusCode Status, string Text)> Call(string type, string part) =>
        Send(Request($$$$"""{"framework_id":{"value":"{{{{Id}}}}"},"type":"{{{{type}}}}","subscribe":null{{{{(part == "" ? "" : $",{part}")}}}}}""", Stream));

    public async Task Do(string type, string part) => Assert.Equal((HttpStatusCode.Accepted, ""), await Call(type, part));

    public Task Accept(JsonElement offer, string operations) => Do("ACCEPT", $$$$"""
        "accept":{"offer_ids":[{{{{offer.GetProperty("id").GetRawText()}}}}],"operations":[{{{{operations}}}}],"filters":null}
        """);

    public async Task Acknowledge(JsonElement status) => Assert.Equal((HttpStatusCode.Accepted, ""), await TryAcknowledge(status));

    public Task<(HttpStatusCode Status, string Text)> TryAcknowledge(JsonElement status) => Call("ACKNOWLEDGE", $$$$"""
        "acknowledge":{"agent_id":{{{{status.GetProperty("agent_id").GetRawText()}}}},"task_id":{{{{status.GetProperty("task_id").GetRawText()}}}},"uuid":{{{{status.GetProperty("uuid").GetRawText()}}}}}
        """);

    public async Task<(HttpStatusCode Status, string Text)> Send(HttpRequestMessage request)
    {
        request.RequestUri = new Uri(CallsTo, Path);
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static HttpRequestMessage Request(string json, string? stream = null, string mediaType = "application/json")
    {
        // Of unknown length, so that it goes in chunks.
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ChunkedContent(Encoding.UTF8.GetBytes(json)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        if (stream is not null)
            request.Headers.Add("mesos-stream-id", stream);
        return request;
    }

    public void Dispose()
    {
        _answer.Dispose();
        _client.Dispose();
    }

    private sealed class ChunkedContent(byte[] body) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var some in body.Chunk(Math.Max(100, body.Length / 100)))
            {
                await stream.WriteAsync(some);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
