using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OrleansCluster.Tests.Api.Mesos;

/// <summary>The form of calls, and what is answered to others than schedulers that have subscribed.</summary>
public sealed class MesosCallTests : MesosTest
{
    [Fact]
    public async Task Calls_ThatAreNone_AreRefusedInTheWordsOfMesos()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var id = $$$$"""{"value":"{{{{scheduler.Id}}}}"}""";
        (string Body, string? Stream, string Type, HttpStatusCode Status, string Text)[] calls =
        [
            ("{", scheduler.Stream, "application/json", HttpStatusCode.BadRequest, "Failed to parse body into JSON: "),
            ("{}", scheduler.Stream, "application/json", HttpStatusCode.BadRequest, "Failed to validate scheduler::Call: Expecting 'type' to be present"),
            ("{}", scheduler.Stream, "application/x-protobuf", HttpStatusCode.UnsupportedMediaType, "Expecting 'Content-Type' of application/json; protobuf is not read here"),
            ("{}", scheduler.Stream, "text/plain", HttpStatusCode.UnsupportedMediaType, "Expecting 'Content-Type' of application/json"),
            ("""{"type":"REVIVE"}""", scheduler.Stream, "application/json", HttpStatusCode.BadRequest, "Failed to validate scheduler::Call: Expecting 'framework_id' to be present"),
            ($$$$"""{"type":"ACCEPT","framework_id":{{{{id}}}},"accept":null}""", scheduler.Stream, "application/json", HttpStatusCode.BadRequest, "Failed to validate scheduler::Call: Expecting 'accept' to be present"),
            ($$$$"""{"type":"REVIVE","framework_id":{{{{id}}}}}""", null, "application/json", HttpStatusCode.BadRequest, "All non-subscribe calls should include the 'Mesos-Stream-Id' header"),
            ($$$$"""{"type":"REVIVE","framework_id":{{{{id}}}}}""", "other", "application/json", HttpStatusCode.BadRequest, "The stream ID 'other' included in this request didn't match"),
            ("""{"type":"REVIVE","framework_id":{"value":"never-was.token"}}""", scheduler.Stream, "application/json", HttpStatusCode.BadRequest, "Framework cannot be found"),
            ($$$$"""{"type":"SUBSCRIBE","framework_id":{{{{id}}}},"subscribe":{"framework_info":{"name":"x","user":""}}}""", null, "application/json", HttpStatusCode.BadRequest, "Failed to validate scheduler::Call: 'framework_id' differs from"),
            ("""{"type":"SUBSCRIBE","subscribe":{"framework_info":{"name":"x","user":""}}}""", "some", "application/json", HttpStatusCode.BadRequest, "Subscribe calls should not include the 'Mesos-Stream-Id' header"),
            ($$$$"""{"type":"ACCEPT","framework_id":{{{{id}}}},"accept":{"offer_ids":[],"operations":[{"type":"RESERVE"}]}}""", scheduler.Stream, "application/json", HttpStatusCode.BadRequest, "Operation 'RESERVE' is not supported"),
            ($$$$"""{"type":"UPDATE_FRAMEWORK","framework_id":{{{{id}}}},"update_framework":{}}""", scheduler.Stream, "application/json", HttpStatusCode.NotImplemented, "UPDATE_FRAMEWORK calls are not supported"),
        ];
        foreach (var (body, stream, type, status, text) in calls)
        {
            var answer = await scheduler.Send(MesosScheduler.Request(body, stream, type));
            Assert.True(answer.Status == status && answer.Text.StartsWith(text, StringComparison.Ordinal), $"{body}: expected {status} {text}, found {answer}");
        }
    }

    [Fact]
    public async Task Call_LargerThanItMayBe_Is413()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var (status, _) = await scheduler.Send(MesosScheduler.Request($"{new string(' ', 8 * 1024 * 1024)}{{}}", scheduler.Stream));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Calls_ThatMesosDoesNothingFor_AreAcceptedHoweverTheyAreNested()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        await scheduler.Do("REQUEST", "\"requests\":[{\"agent_id\":null,\"resources\":[]}]");
        await scheduler.Do("REQUEST", "\"request\":{\"requests\":[]}");
        await scheduler.Do("MESSAGE", "\"message\":{\"agent_id\":{\"value\":\"node\"},\"executor_id\":{\"value\":\"x\"},\"data\":\"aGVsbG8=\"}");
        await scheduler.Do("SUPPRESS", "");
        await scheduler.Do("REVIVE", "");
    }

    [Fact]
    public async Task Decline_ForAWhile_OfferComesBackThenOrByRevive()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var offer = await scheduler.NextOffer();
        await scheduler.Do("DECLINE", $$$$"""
            "decline":{"offer_ids":[{{{{offer.GetProperty("id").GetRawText()}}}}],"filters":{"refuse_seconds":3600}}
            """);
        await scheduler.Next("HEARTBEAT");
        await scheduler.Do("REVIVE", "");
        Assert.NotEqual(offer.GetProperty("id").GetRawText(), (await scheduler.NextOffer()).GetProperty("id").GetRawText());
    }

    [Fact]
    public async Task Stream_EachEvent_IsAChunkOfItsOwn()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Silo.Address.Host, Silo.Address.Port);
        const string body = """{"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"root","name":"Größe"}}}""";
        var head = $"POST /api/v1/scheduler HTTP/1.1\r\nHost: {Silo.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head));
        using var reader = new StreamReader(socket.GetStream(), Encoding.Latin1);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            // The answer's headers.
        }

        foreach (var type in (string[])["SUBSCRIBED", "OFFERS"])
        {
            var chunk = new char[int.Parse((await reader.ReadLineAsync())!, System.Globalization.NumberStyles.HexNumber)];
            await reader.ReadBlockAsync(chunk);
            Assert.Equal("", await reader.ReadLineAsync());
            var (length, json) = new string(chunk).Split('\n') is [var first, var second] ? (first, second) : ("", "");
            Assert.Equal(json.Length, int.Parse(length));
            Assert.Equal(type, JsonElement.Parse(json).GetProperty("type").GetString());
            Assert.True(json.All(char.IsAscii));
        }
    }

    [Fact]
    public async Task Pages_ThatClientsAskFor_SayWhatIsSo()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Silo.Address };

        Assert.Equal("1.11.0", JsonElement.Parse(await client.GetStringAsync("/version")).GetProperty("version").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        var redirect = await client.GetAsync("/master/redirect");
        Assert.Equal((HttpStatusCode.TemporaryRedirect, $"//{Silo.Address.Authority}"), (redirect.StatusCode, redirect.Headers.Location!.ToString()));
        var text = await client.GetStringAsync("/state");
        var state = JsonElement.Parse(text);
        Assert.Equal(4, state.GetProperty("slaves")[0].GetProperty("resources").GetProperty("cpus").GetDouble());
        Assert.True(state.GetProperty("frameworks")[0].GetProperty("active").GetBoolean());
        Assert.DoesNotContain(scheduler.Id.Split('.')[1], text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.GetAsync(MesosScheduler.Path)).StatusCode);
    }
}
