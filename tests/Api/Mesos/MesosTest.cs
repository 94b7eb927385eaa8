using System.Text.Json;
using OrleansCluster.Tests.Api.EndToEnd;

namespace OrleansCluster.Tests.Api.Mesos;

/// <summary>A silo with simulated containers, which schedulers of Mesos speak with.</summary>
public abstract class MesosTest : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-mesos-").FullName;

    internal SimulatedSilo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Silo = await SimulatedSilo.Start(_data, "--mesos-image", "busybox", "--attribute", "rack=r1", "--amount", "licence=3");
        await Silo.Client.WaitForNode();
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal static string Launch(params string[] tasks) => $$$$"""{"type":"LAUNCH","launch":{"task_infos":[{{{{string.Join(',', tasks)}}}}]},"reserve":null,"create":null}""";

    internal static string Group(string executor, params string[] tasks) =>
        $$$$"""{"type":"LAUNCH_GROUP","launch_group":{"executor":{{{{executor}}}},"task_group":{"tasks":[{{{{string.Join(',', tasks)}}}}]}}}""";

    /// <param name="more">Of its fields, each with a comma before.</param>
    internal static string Shell(JsonElement offer, string task, string script, string more = "") => Task(offer, task, $$$$""","command":{"uris":null,"environment":{"variables":[{"name":"HOST","value":"here"}]},"shell":true,"value":"{{{{script}}}}","arguments":null,"user":null}{{{{more}}}}""");

    internal static string Task(JsonElement offer, string task, string more) =>
        $$$$"""
        {"name":"any","task_id":{"value":"{{{{task}}}}"},"agent_id":{{{{offer.GetProperty("agent_id").GetRawText()}}}},"resources":[
        {"name":"cpus","type":"SCALAR","scalar":{"value":0.2},"ranges":null,"set":null,"role":null},{"name":"mem","type":"SCALAR","scalar":{"value":32},"role":"*"},
        {"name":"ports","type":"RANGES","scalar":null,"ranges":{"range":[{"begin":31005,"end":31005}]}}],"labels":null{{{{more}}}}}
        """;

    internal static string State(JsonElement status) => status.GetProperty("state").GetString()!;
}
