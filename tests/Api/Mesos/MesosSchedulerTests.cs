using System.Net;
using System.Text.Json;

namespace OrleansCluster.Tests.Api.Mesos;

/// <summary>What a scheduler of Mesos goes through.</summary>
public sealed class MesosSchedulerTests : MesosTest
{
    [Fact]
    public async Task Subscribe_New_IsTakenInAndOfferedTheNode()
    {
        using var scheduler = await MesosScheduler.Open(Silo.Address, id: null, "null");

        Assert.Equal(HttpStatusCode.OK, scheduler.Answer.StatusCode);
        Assert.Equal("application/json", scheduler.Answer.Content.Headers.ContentType!.ToString());
        Assert.True(scheduler.Answer.Headers.TransferEncodingChunked);
        var subscribed = (await scheduler.Next())!.Value.GetProperty("subscribed");
        Assert.StartsWith("my-1st-framework-", subscribed.GetProperty("framework_id").GetProperty("value").GetString());
        Assert.InRange(subscribed.GetProperty("heartbeat_interval_seconds").GetDouble(), 1, 9);
        Assert.Equal(Silo.Address.Port, subscribed.GetProperty("master_info").GetProperty("port").GetInt32());

        var offer = await scheduler.NextOffer();
        Assert.Equal("node", offer.GetProperty("agent_id").GetProperty("value").GetString());
        Assert.Equal("127.0.0.1", offer.GetProperty("url").GetProperty("address").GetProperty("ip").GetString());
        var resources = offer.GetProperty("resources").EnumerateArray().ToDictionary(resource => resource.GetProperty("name").GetString()!);
        Assert.Equal((4, 4096, 3), (Scalar(resources["cpus"]), Scalar(resources["mem"]), Scalar(resources["licence"])));
        Assert.Equal("""[{"begin":31000,"end":32000}]""", resources["ports"].GetProperty("ranges").GetProperty("range").GetRawText());
        Assert.All(resources.Values, resource => Assert.Equal("*", resource.GetProperty("role").GetString()));
        Assert.Contains(offer.GetProperty("attributes").EnumerateArray(), one => one.GetRawText() == """{"name":"rack","type":"TEXT","text":{"value":"r1"}}""");
        await scheduler.Next("HEARTBEAT");
    }

    [Fact]
    public async Task Accept_Command_IsToldRunningThenFinishedEachUntilItIsAcknowledged()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var offer = await scheduler.NextOffer();
        await scheduler.Accept(offer, Launch(Shell(offer, "web.1", "sleep 8")));

        var running = await scheduler.NextStatus();
        Assert.Equal(("TASK_RUNNING", "node", "web.1"), (State(running), Id(running, "agent_id"), Id(running, "task_id")));
        Assert.Equal(16, Convert.FromBase64String(running.GetProperty("uuid").GetString()!).Length);
        var ports = (await scheduler.NextOffer()).GetProperty("resources").EnumerateArray().Single(resource => resource.GetProperty("name").GetString() == "ports");
        Assert.Equal("""[{"begin":31000,"end":31004},{"begin":31006,"end":32000}]""", ports.GetProperty("ranges").GetProperty("range").GetRawText());

        // Not told that it has ended before; that it runs is told again.
        var again = await scheduler.NextStatus();
        Assert.Equal(("TASK_RUNNING", running.GetProperty("uuid").GetString()), (State(again), again.GetProperty("uuid").GetString()));
        await scheduler.Acknowledge(running);
        var finished = await scheduler.NextStatus();
        Assert.Equal(("TASK_FINISHED", "Command exited with status 0"), (State(finished), finished.GetProperty("message").GetString()));
        await scheduler.Acknowledge(finished);

        // It is forgotten with that.
        await scheduler.Do("RECONCILE", "\"reconcile\":{\"tasks\":[{\"task_id\":{\"value\":\"web.1\"},\"agent_id\":null}]}");
        Assert.Equal("TASK_LOST", State(await scheduler.NextStatus()));
    }

    [Fact]
    public async Task Subscribe_WithTheIdItHas_GoesOnAndEndsTheStreamBefore()
    {
        using var first = await MesosScheduler.Subscribe(Silo.Address);
        var offer = await first.NextOffer();
        await first.Accept(offer, Launch(Shell(offer, "long", "sleep 1000")));
        await first.NextStatus();

        using var second = await MesosScheduler.Subscribe(Silo.Address, first.Id);

        Assert.Equal("Framework failed over", (await first.Next("ERROR")).GetProperty("message").GetString());
        Assert.Null(await first.Next());
        Assert.Equal(first.Id, second.Id);
        Assert.Equal("TASK_RUNNING", State(await second.NextStatus()));
        var (status, text) = await first.Call("REVIVE", "");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith($"The stream ID '{first.Stream}' included in this request didn't match", text, StringComparison.Ordinal);
        await second.Do("KILL", "\"kill\":{\"task_id\":{\"value\":\"long\"},\"agent_id\":{\"value\":\"node\"}}");
        await second.Do("RECONCILE", "\"reconcile\":{\"tasks\":[]}");
    }

    [Fact]
    public async Task Accept_WhatCannotBeHad_IsToldByATaskErrorAndTheRestIsLaunched()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var offer = await scheduler.NextOffer();
        const string executor = ""","executor":{"executor_id":{"value":"mine"},"command":{"value":"./executor"}}""";
        var other = JsonElement.Parse("""{"agent_id":{"value":"elsewhere"}}""");
        await scheduler.Accept(offer, Launch(
            Shell(offer, "custom", "true", executor),
            Shell(offer, "privileged", "true", ""","container":{"type":"DOCKER","docker":{"image":"busybox","privileged":true}}"""),
            Shell(offer, "capital", "true", ""","container":{"type":"DOCKER","docker":{"image":"BusyBox","network":"BRIDGE"}}"""),
            Shell(other, "elsewhere", "true"),
            Shell(offer, "good", "sleep 1000")));

        var seen = new Dictionary<string, (string State, string Message)>();
        while (seen.Count < 5)
        {
            var status = await scheduler.NextStatus();
            seen[Id(status, "task_id")] = (State(status), status.GetProperty("message").GetString()!);
            Assert.Equal(State(status) == "TASK_ERROR", !status.TryGetProperty("uuid", out _));
        }

        Assert.Equal(("TASK_ERROR", "Custom executors are not supported: tasks are commands and containers, run by the cluster's own agents."), seen["custom"]);
        Assert.Equal(("TASK_ERROR", "Privileged containers are not supported."), seen["privileged"]);
        Assert.StartsWith("containers/0/image: ", seen["capital"].Message, StringComparison.Ordinal);
        Assert.Contains("none of the offers is of node elsewhere", seen["elsewhere"].Message);
        Assert.Equal("TASK_RUNNING", seen["good"].State);
    }

    [Fact]
    public async Task Accept_MoreThanItsOffersHold_IsToldByATaskErrorAndTheRestIsLaunched()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var offer = await scheduler.NextOffer();
        await scheduler.Accept(offer, Launch(
            Sized(offer, "larger-than-the-node", "4.5", 31001),
            Sized(offer, "wrong", "3", 31002, ""","executor":{"executor_id":{"value":"mine"}}"""),
            Sized(offer, "first", "3", 31003),
            Sized(offer, "larger-than-the-rest", "1.5", 31004),
            Sized(offer, "same-port", "0.1", 31003),
            Sized(offer, "second", "1", 31005)));

        var seen = new Dictionary<string, string>();
        while (seen.Count < 6)
        {
            var status = await scheduler.NextStatus();
            seen[Id(status, "task_id")] = $"{State(status)} {status.GetProperty("message").GetString()}";
            if (State(status) == "TASK_ERROR")
                Assert.Equal(("REASON_TASK_INVALID", "node", false), (status.GetProperty("reason").GetString(), Id(status, "agent_id"), status.TryGetProperty("uuid", out _)));
        }

        Assert.Equal("TASK_ERROR Task uses more resources cpus:4.5 than available cpus:4", seen["larger-than-the-node"]);
        Assert.StartsWith("TASK_ERROR Custom executors", seen["wrong"], StringComparison.Ordinal);
        Assert.Equal("TASK_ERROR Task uses more resources cpus:1.5 than available cpus:1", seen["larger-than-the-rest"]);
        Assert.Equal("TASK_ERROR Task uses port 31003, which is not available", seen["same-port"]);
        Assert.StartsWith("TASK_RUNNING", seen["first"], StringComparison.Ordinal);
        Assert.StartsWith("TASK_RUNNING", seen["second"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_OfferThatStandsNoMore_IsLostHoweverLargeTheTask()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var offer = await scheduler.NextOffer();
        await scheduler.Do("DECLINE", $$$$"""
            "decline":{"offer_ids":[{{{{offer.GetProperty("id").GetRawText()}}}}]}
            """);
        await scheduler.Accept(offer, Launch(Sized(offer, "late", "4.5", 31001)));
        var lost = await scheduler.NextStatus();
        Assert.Equal(("TASK_LOST", "REASON_INVALID_OFFERS", "late"), (State(lost), lost.GetProperty("reason").GetString(), Id(lost, "task_id")));

        // Not by what is free on its node.
        await scheduler.Do("ACCEPT", $$$$"""
            "accept":{"offer_ids":[],"operations":[{{{{Launch(Sized(offer, "without", "0.1", 31001))}}}}]}
            """);
        var refused = await scheduler.NextStatus("without");
        Assert.Equal(("TASK_ERROR", "No offers specified"), (State(refused), refused.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Accept_Groups_AllOfAGroupOrNone()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        var offer = await scheduler.NextOffer();
        const string ofMesos = """{"type":"DEFAULT","executor_id":{"value":"group"}}""";
        await scheduler.Accept(offer, Group(ofMesos, Shell(offer, "bad", "true", ""","executor":{"executor_id":{"value":"mine"}}"""), Shell(offer, "beside", "true")));
        string[] refused = [State(await scheduler.NextStatus("bad")), State(await scheduler.NextStatus("beside"))];
        Assert.Equal(["TASK_ERROR", "TASK_ERROR"], refused);

        offer = await scheduler.NextOffer();
        await scheduler.Accept(offer, Group(ofMesos, Sized(offer, "fits", "3", 31001), Sized(offer, "does-not", "1.5", 31002)));
        var (tooLarge, withIt) = (await scheduler.NextStatus("does-not"), await scheduler.NextStatus("fits"));
        Assert.Equal("Task uses more resources cpus:1.5 than available cpus:1", tooLarge.GetProperty("message").GetString());
        Assert.Equal(("TASK_ERROR", "TASK_ERROR"), (State(tooLarge), State(withIt)));

        offer = await scheduler.NextOffer();
        var second = Shell(offer, "second", "sleep 1000").Replace("31005", "31006");
        await scheduler.Accept(offer, Group(ofMesos, Shell(offer, "first", "sleep 1000"), second));
        string[] begun = [Id(await scheduler.NextStatus(), "task_id"), Id(await scheduler.NextStatus(), "task_id")];
        Assert.Equal(["first", "second"], begun.Order());
    }

    [Fact]
    public async Task Kill_TaskAndUnknownTask_AreToldAsTheFrameworkUnderstandsIt()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address, id: null, """[{"type":"PARTITION_AWARE"}]""");
        var offer = await scheduler.NextOffer();
        await scheduler.Accept(offer, Launch(Shell(offer, "long", "sleep 1000")));
        await scheduler.Acknowledge(await scheduler.NextStatus());
        await scheduler.Do("KILL", "\"kill\":{\"task_id\":{\"value\":\"long\"},\"agent_id\":null}");
        var killed = await scheduler.NextStatus();
        Assert.Equal("TASK_KILLED", State(killed));
        await scheduler.Acknowledge(killed);

        await scheduler.Do("KILL", "\"kill\":{\"task_id\":{\"value\":\"never\"}}");
        var unknown = await scheduler.NextStatus();
        Assert.Equal(("TASK_UNKNOWN", "REASON_RECONCILIATION"), (State(unknown), unknown.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Teardown_EndsTheStreamAndTheFrameworkIsGone()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        await scheduler.Do("TEARDOWN", "");
        while (await scheduler.Next() is { } happened)
            Assert.NotEqual("ERROR", happened.GetProperty("type").GetString());

        using var again = await MesosScheduler.Open(Silo.Address, scheduler.Id, "null");
        Assert.Equal("Framework has been removed", (await again.Next("ERROR")).GetProperty("message").GetString());
        Assert.Null(await again.Next());
    }

    [Fact]
    public async Task Subscribe_WithAnIdOfAnotherMaster_IsTakenInByIt()
    {
        const string id = "5d8e3b2e-5f6c-4a0e-9a5b-6b1d2a7f1c11-0007";
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address, id);
        Assert.Equal(id, scheduler.Id);
        var offer = await scheduler.NextOffer();
        await scheduler.Accept(offer, Launch(Shell(offer, "long", "sleep 1000")));
        await scheduler.NextStatus();

        using var again = await MesosScheduler.Subscribe(Silo.Address, id);
        Assert.Equal("TASK_RUNNING", State(await again.NextStatus("long")));
    }

    [Fact]
    public async Task Subscribe_WithAnotherToken_IsNotLetIn()
    {
        using var scheduler = await MesosScheduler.Subscribe(Silo.Address);
        using var thief = await MesosScheduler.Open(Silo.Address, $"{scheduler.Id[..^1]}~", "null");
        Assert.Contains("the token is not its own", (await thief.Next("ERROR")).GetProperty("message").GetString());
        await scheduler.Do("SUPPRESS", "");
    }

    private static string Sized(JsonElement offer, string task, string cpus, int port, string more = "") =>
        Shell(offer, task, "sleep 1000", more).Replace("\"value\":0.2", $"\"value\":{cpus}").Replace("31005", $"{port}");

    private static double Scalar(JsonElement resource) => resource.GetProperty("scalar").GetProperty("value").GetDouble();

    private static string Id(JsonElement status, string field) => status.GetProperty(field).GetProperty("value").GetString()!;
}
