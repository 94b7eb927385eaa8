using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansCluster.Tests.Docker.EndToEnd;

namespace OrleansCluster.Tests.Docker.Services;

/// <summary>A web service in real containers behind the entry of its host, while it is asked all the time.</summary>
public sealed class ServiceEntryTests(Daemon daemon) : EndToEndTest(daemon)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    private string Host => $"web.{Cluster}.ocs.internal";

    [Fact]
    public async Task Entry_RollingUpdateAndScaling_LoseNoRequest()
    {
        await using var silo = await ServiceSilo.Start(Data, Cluster);
        var service = silo.Service(Cluster, "web");
        await WebService.Put(service, WebService.Spec("one"));
        await WebService.WaitFor(service, "is complete", view => view.Deployments[0].Status == DeploymentStatus.Completed);
        await using var load = new WebLoad(silo.Http, Host);

        await WebService.Put(service, WebService.Spec("two"));
        await WebService.WaitFor(service, "has been updated", view => view.Deployments[0] is { Number: 2, Status: DeploymentStatus.Completed } && view.Tasks.Length == 6);
        Assert.True((await service.Scale(12)).IsAccepted);
        await WebService.WaitFor(service, "has twelve tasks", view => view.Healthy == 12);
        await Poll.Until("an answer of each of the twelve", () => Task.FromResult(Of(load, "two") == 12 ? "so" : null));
        Assert.True((await service.Scale(3)).IsAccepted);
        await WebService.WaitFor(service, "has three tasks", view => view.Tasks.Length == 3);
        await load.Stop();

        Assert.Empty(load.Failures);
        Assert.True(Of(load, "one") == 6, $"Six tasks were to answer before the update: {string.Join(", ", load.Answers)}");
        Assert.Equal(12, Of(load, "two"));
        TestContext.Current.SendDiagnosticMessage("{0} requests, none failed", load.Answers.Values.Sum());
        await WebService.Delete(service);
    }

    [Fact]
    public async Task Entry_KilledContainer_LosesWhatIsUnderWayAtMost()
    {
        await using var silo = await ServiceSilo.Start(Data, Cluster);
        var service = silo.Service(Cluster, "web");
        await WebService.Put(service, WebService.Spec("one") with { DesiredCount = 3 });
        await WebService.WaitFor(service, "is complete", view => view.Deployments[0].Status == DeploymentStatus.Completed);
        await using var load = new WebLoad(silo.Http, Host);
        await WaitForAnswers(load, 100);

        var killed = (await Runtime.List(Cluster, "host", CancellationToken.None))[0];
        await Runtime.Signal(killed.Id, "SIGKILL", CancellationToken.None);
        await WebService.WaitFor(service, "has another attempt", view => view.Tasks.Any(task => task is { Failures: 1, IsHealthy: true }));
        await WaitForAnswers(load, load.Answers.Values.Sum() + 100);
        await load.Stop();

        Assert.InRange(load.Failures.Count, 0, WebLoad.Callers);
        await WebService.Delete(service);
    }

    [Fact]
    public async Task Entry_TcpNamesAndUnknownHosts_LeadWhereTheySay()
    {
        await using var silo = await ServiceSilo.Start(Data, Cluster);
        var service = silo.Service(Cluster, "web");
        await WebService.Put(service, WebService.Spec("one") with { DesiredCount = 2 });
        await WebService.WaitFor(service, "is complete", view => view.Deployments[0].Status == DeploymentStatus.Completed);
        using var http = new HttpClient();

        Assert.StartsWith("one web.", await http.GetStringAsync(new Uri(silo.Tcp, "/index.html")), StringComparison.Ordinal);
        var unknown = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, silo.Http) { Headers = { Host = $"nothing.{Cluster}" } });
        Assert.Equal((HttpStatusCode.NotFound, $"There is no service nothing in cluster {Cluster}.\n"), (unknown.StatusCode, await unknown.Content.ReadAsStringAsync()));

        Assert.Equal("0 1 127.0.0.1", await Ask(silo, Host, 1));
        Assert.Equal("0 2 127.0.0.1", await Ask(silo, $"_http._tcp.{Host}", 33));
        Assert.StartsWith("3 0 ", await Ask(silo, $"nothing.{Cluster}.ocs.internal", 1), StringComparison.Ordinal);
        Assert.StartsWith("5 0 ", await Ask(silo, "example.com", 1), StringComparison.Ordinal);

        Assert.True((await service.Scale(0)).IsAccepted);
        await WebService.WaitFor(service, "has no tasks", view => view.Tasks.IsEmpty);
        var none = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, silo.Http) { Headers = { Host = Host } });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, none.StatusCode);
        Assert.Contains("no healthy task", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await WebService.Delete(service);
    }

    /// <returns>The code, how many records answer, and the last four bytes as an address.</returns>
    private static async Task<string> Ask(ServiceSilo silo, string name, byte type)
    {
        byte[] query = [7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0, 0, type, 0, 1];
        using var udp = new UdpClient();
        using var patience = new CancellationTokenSource(_patience);
        await udp.SendAsync(query, silo.Dns, patience.Token);
        var answer = (await udp.ReceiveAsync(patience.Token)).Buffer;
        return $"{answer[3] & 0xF} {answer[7]} {new IPAddress(answer[^4..])}";
    }

    /// <summary>How many tasks of a version have answered.</summary>
    private static int Of(WebLoad load, string version) => load.Answers.Keys.Count(answer => answer.StartsWith(version, StringComparison.Ordinal));

    private static async Task WaitForAnswers(WebLoad load, int count) =>
        await Poll.Until($"{count} answers, not {string.Join(", ", load.Failures)}", () => Task.FromResult(load.Answers.Values.Sum() >= count ? "so" : null));
}
