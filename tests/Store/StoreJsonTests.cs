using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

public sealed class StoreJsonTests
{
    [Fact]
    public void Serialize_StateAsItBegins_WritesNothing() => Assert.Equal("{}", Write(new SampleState()));

    [Fact]
    public void Serialize_State_IsShortAndReadable()
    {
        var state = new SampleState
        {
            Job = "jöb \"1\"",
            Status = NodeStatus.Lost,
            Enabled = false,
            Ports = [new HostPort(80, PortProtocol.Tcp), new HostPort(53, PortProtocol.Udp)],
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("B_B", "2").Add("A", "1"),
            PendingEvents = [Rows.Event("never stored")],
        };

        Assert.Equal(
            """{"job":"jöb \"1\"","status":"LOST","enabled":false,"ports":[{"port":80},{"port":53,"protocol":"UDP"}],"environment":{"A":"1","B_B":"2"}}""",
            Write(state));
    }

    /// <summary>Arrays that are built need not be the one empty array, and what was read back would be written otherwise than at first.</summary>
    [Fact]
    public void Serialize_EmptyArrayHoweverItWasMade_WritesNothing()
    {
        string[] nothing = [];
        var task = new JobTaskSpec { Name = "a", DependsOn = [.. nothing.Where(name => name.Length > 0)] };

        Assert.Equal("""{"name":"a"}""", Write(task));
        Assert.Equal(Write(task), Write(Read<JobTaskSpec>(Write(task))));
    }

    [Fact]
    public void Deserialize_WhatWasWritten_IsTheSame()
    {
        var state = new SampleState { Job = "", Enabled = false, Attempt = 3, Claim = Rows.Claim("j.a.0", "n1").Claim with { Attempt = 0, Ports = [] } };

        Assert.Equivalent(state, Read<SampleState>(Write(state)), strict: true);
    }

    [Fact]
    public void Deserialize_RequiredValuesLeftOutAsDefaults_AreDefaults()
    {
        var claim = Rows.Claim("j.a.0", "n1").Claim with { Attempt = 0, Resources = Resources.Zero };

        var read = Read<Claim>(Write(claim));

        Assert.Equal((0, Resources.Zero, "j.a.0"), (read.Attempt, read.Resources, read.TaskId));
    }

    [Fact]
    public void Deserialize_RequiredTextMissing_IsAnError() =>
        Assert.Contains("taskId", Assert.Throws<JsonException>(() => Read<Claim>("""{"node":"n1"}""")).Message);

    [Fact]
    public void Serialize_RecordWithConstructorAndInitializer_KeepsBothFaithful()
    {
        foreach (var record in (Mixed[])[new(), new(5, null), new(0, "") { Flag = false, Text = null }])
            Assert.Equal(record, Read<Mixed>(Write(record)));
        Assert.DoesNotContain("number", Write(new Mixed()));
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, StoreJson.Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, StoreJson.Options)!;

    private sealed record Mixed(int Number = 7, string? Name = "anonymous")
    {
        public bool Flag { get; init; } = true;
        public string? Text { get; init; } = "text";
    }
}
