using System.Text.Json;
using OrleansCluster.Tests.Api.Mesos;
using OrleansCluster.Tests.Docker.EndToEnd;

namespace OrleansCluster.Tests.Docker.Frameworks;

/// <summary>Containers that a scheduler of Mesos asks for by itself, and what becomes of them.</summary>
public sealed class MesosContainerTests(Daemon daemon) : EndToEndTest(daemon)
{
    private const string Bridge = "on-bridge.1";
    private const string Host = "on-host.1";
    private const string Broken = "no-image.1";

    [Fact]
    public async Task Containers_OnBridgeAndHost_AnswerAtTheirPortsUntilTheyAreKilled()
    {
        await using var silo = await StartSilo("--cpu", "4000", "--memory", "2048", "--disk", "1000");
        using var scheduler = await MesosScheduler.Subscribe(silo.Address);
        var offer = await scheduler.NextOffer();
        var (bridged, hosted) = (FreePort.Find(), FreePort.Find());
        await scheduler.Accept(offer, $$$$"""
            {"type":"LAUNCH","launch":{"task_infos":[
              {{{{Task(offer, Bridge, bridged, Daemon.Image, "BRIDGE", 8080)}}}},{{{{Task(offer, Host, hosted, Daemon.Image, "HOST", hosted)}}}},{{{{Task(offer, Broken, FreePort.Find(), "ocs/none:1", "HOST", 1)}}}}]}}
            """);

        var ends = new Dictionary<string, string>();
        while (ends.Count < 3)
        {
            var status = await scheduler.NextStatus();
            var (task, state) = (status.GetProperty("task_id").GetProperty("value").GetString()!, status.GetProperty("state").GetString()!);
            await scheduler.Acknowledge(status);
            if (state != "TASK_RUNNING")
            {
                ends.TryAdd(task, $"{state}{(status.TryGetProperty("reason", out var reason) ? $" {reason}" : "")}");
                continue;
            }

            Assert.Equal(task, await Answer(task == Bridge ? bridged : hosted));
            await scheduler.Do("KILL", $$$$"""
                "kill":{"task_id":{{{{status.GetProperty("task_id").GetRawText()}}}},"agent_id":null}
                """);
        }

        Assert.Equal(("TASK_KILLED", "TASK_KILLED", "TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED"), (ends[Bridge], ends[Host], ends[Broken]));
        await scheduler.Do("TEARDOWN", "");
    }

    private static string Task(JsonElement offer, string task, int port, string image, string network, int listensAt) =>
        $$$$"""
        {"name":"web","task_id":{"value":"{{{{task}}}}"},"agent_id":{{{{offer.GetProperty("agent_id").GetRawText()}}}},"executor":null,
        "resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":0.1}},{"name":"mem","type":"SCALAR","scalar":{"value":32}},{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":{{{{port}}}},"end":{{{{port}}}}}]}}],
        "command":{"shell":true,"value":"mkdir -p /tmp/www; echo {{{{task}}}} > /tmp/www/index.html; exec httpd -f -p {{{{listensAt}}}} -h /tmp/www"},
        "container":{"type":"DOCKER","volumes":null,"docker":{"image":"{{{{image}}}}","network":"{{{{network}}}}","port_mappings":[{"host_port":{{{{port}}}},"container_port":{{{{listensAt}}}},"protocol":"tcp"}]}}}
        """;

    /// <summary>It runs before its server listens.</summary>
    private static async Task<string> Answer(int port)
    {
        using var client = new HttpClient();
        return await Poll.Until($"an answer at port {port}", async () =>
        {
            try
            {
                return (await client.GetStringAsync($"http://127.0.0.1:{port}/")).Trim();
            }
            catch (HttpRequestException)
            {
                return null;
            }
        });
    }
}
