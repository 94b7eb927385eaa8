using System.Net.ServerSentEvents;
using System.Text.Json;
using OrleansCluster.Silo.Api;

namespace OrleansCluster.Tests.Api.Http;

public sealed class EventRouteTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Watch_After_EventsFromThereInOrder()
    {
        await using var host = await StartWith(3);
        await using var events = await Events.Open(host, "/v1/events?after=1");

        var second = await events.Next();
        var third = await events.Next();

        Assert.Equal(("2", "task.running", 2L, "a-2.x.0", "a-2"), (second.Id, second.Item.EventType, second.Event.Sequence, second.Event.Subject, second.Event.Job));
        Assert.Equal("RUNNING", second.Event.Data.GetProperty("state").GetString());
        Assert.Equal("3", third.Id);
    }

    [Fact]
    public async Task Watch_WithoutAfter_OnlyNewOnes()
    {
        await using var host = await StartWith(3);
        await using var events = await Events.Open(host, "/v1/events");

        host.Store.Append("job.succeeded", "a-9", "a-9");

        Assert.Equal("job.succeeded", (await events.Next()).Item.EventType);
    }

    [Fact]
    public async Task Watch_LastEventId_GoesOnAfterItWhateverTheQuerySays()
    {
        await using var host = await StartWith(3);
        await using var events = await Events.Open(host, "/v1/events?after=0", lastEventId: "2");

        Assert.Equal("3", (await events.Next()).Id);
    }

    [Fact]
    public async Task Watch_Job_OnlyItsEvents()
    {
        await using var host = await StartWith(3);
        await using var events = await Events.Open(host, "/v1/events?after=0&job=a-3");

        Assert.Equal("3", (await events.Next()).Id);
    }

    [Fact]
    public async Task Watch_MoreThanOneRead_NoneLeftOut()
    {
        await using var host = await StartWith(1201);
        await using var events = await Events.Open(host, "/v1/events?after=0");

        for (var sequence = 1; sequence <= 1201; sequence++)
            Assert.Equal(sequence, (await events.Next()).Event.Sequence);
    }

    [Fact]
    public async Task Watch_NothingHappens_KeepAlive()
    {
        await using var host = await ApiHost.Start(new ApiOptions { KeepAlive = TimeSpan.FromMilliseconds(20) });
        using var response = await host.Open("/v1/events");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal(": keep-alive", await reader.ReadLineAsync().WaitAsync(_patience));
        Assert.Equal("", await reader.ReadLineAsync().WaitAsync(_patience));
    }

    [Theory]
    [InlineData("/v1/events?after=-1", null)]
    [InlineData("/v1/events?after=x", null)]
    [InlineData("/v1/events", "x")]
    public async Task Watch_NoSequenceNumber_Refused(string path, string? lastEventId)
    {
        await using var host = await ApiHost.Start();
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);

        Assert.Single((await host.Send(request)).FaultsOf(400, "invalid-query"));
    }

    [Fact]
    public async Task Watch_MoreStreamsThanAllowed_RefusedUntilOneCloses()
    {
        await using var host = await ApiHost.Start(new ApiOptions { MostStreams = 1, KeepAlive = TimeSpan.FromMilliseconds(20) });
        var first = await host.Open("/v1/events");

        var refused = await host.Get("/v1/events");
        first.Dispose();

        refused.FaultsOf(503, "too-many-streams");
        Assert.Equal(5, refused.Headers.RetryAfter?.Delta?.TotalSeconds);
        await Poll.Until("a place for a stream is free again", async () =>
        {
            using var next = await host.Open("/v1/events");
            return next.IsSuccessStatusCode;
        });
    }

    [Fact]
    public async Task Watch_SiloStops_StreamEnds()
    {
        await using var host = await StartWith(1);
        await using var events = await Events.Open(host, "/v1/events");
        await host.Store.WaitStarted.Task.WaitAsync(_patience);

        await host.Stop().WaitAsync(_patience);

        Assert.False(await events.HasNext());
    }

    private static async Task<ApiHost> StartWith(int count)
    {
        var host = await ApiHost.Start();
        for (var i = 1; i <= count; i++)
            host.Store.Append("task.running", $"a-{i}.x.0", $"a-{i}");
        return host;
    }

    /// <summary>Reads an event stream with the framework's parser.</summary>
    private sealed class Events(HttpResponseMessage response, SseParser<string> parser, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        public static async Task<Events> Open(ApiHost host, string path, string? lastEventId = null)
        {
            var response = await host.Open(path, lastEventId);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            var parser = SseParser.Create(await response.Content.ReadAsStreamAsync());
            return new Events(response, parser, parser.EnumerateAsync().GetAsyncEnumerator());
        }

        public Task<bool> HasNext() => items.MoveNextAsync().AsTask().WaitAsync(_patience);

        public async Task<(string Id, SseItem<string> Item, ClusterEvent Event)> Next()
        {
            Assert.True(await HasNext(), "expected another event, found the end of the stream");
            var item = items.Current;
            return (parser.LastEventId, item, JsonSerializer.Deserialize<ClusterEvent>(item.Data, ClusterJson.Options)!);
        }

        public async ValueTask DisposeAsync()
        {
            response.Dispose();
            try
            {
                await items.DisposeAsync();
            }
            catch (IOException)
            {
                // Its connection is gone, as meant.
            }
        }
    }
}
