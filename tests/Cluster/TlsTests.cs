using System.Net;
using OrleansCluster.Client;
using OrleansCluster.Tests.Docker;

namespace OrleansCluster.Tests.Cluster;

/// <summary>Silos beyond loopback: who belongs to a cluster, and who stays outside. Not beside scenarios whose silos must not be slowed down.</summary>
[Collection(nameof(ScenarioTests))]
public sealed class TlsTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silos_OfOneAuthority_RunJobs_AndNobodyElseJoins()
    {
        await using var silos = new TlsSilos();
        var first = await silos.Start("first", TlsSilos.OwnAddress);
        var second = await silos.Start("second", IPAddress.Parse("127.0.0.3"));
        await AssertRunsOnBoth(first.Client, second.Client, key: "1");

        silos.StartWithoutTls("plain");
        await Until("a member to refuse the silo without TLS", () => first.Log + second.Log, "Authentication failed");
        var stranger = silos.StartStranger("stranger", IPAddress.Parse("127.0.0.4"));
        await Until("the stranger to say why it does not join", stranger, "of the other side is refused: it is signed by 'CN=authority', which is not the authority");

        Assert.True(silos.IsListed("stranger") && silos.IsListed("plain"));
        Assert.Equal("first second", silos.ActiveSilos());
        await AssertRunsOnBoth(first.Client, second.Client, key: "2");
    }

    /// <summary>Each task fills more than half of a node.</summary>
    private static async Task AssertRunsOnBoth(OrleansClusterClient client, OrleansClusterClient other, string key)
    {
        var job = await client.Jobs.SubmitAsync(Job(), key);
        using var patience = new CancellationTokenSource(_soon);
        await foreach (var view in other.Jobs.WatchAsync(job.Id, patience.Token))
            job = view;
        var nodes = await other.Tasks.ListAsync(job.Id, state: null).Select(task => task.Node).Distinct().Order().ToListAsync();

        Assert.Equal((JobStatus.Succeeded, 4), (job.Status, job.Tasks.Sum(task => task.Succeeded)));
        Assert.Equal(["first", "second"], nodes);
    }

    private static Task<string> Until(string expected, Func<string> log, string line) =>
        Poll.Until(expected, () => Task.FromResult(log().Contains(line, StringComparison.Ordinal) ? line : null));

    private static JobSpec Job() => new()
    {
        Name = "far",
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Count = 4,
                Containers =
                [
                    new ContainerSpec { Name = "main", Image = Daemon.Image, Command = ["sleep", "1"], Resources = new Resources(2500, 64, 0), StopTimeout = 1 },
                ],
            },
        ],
    };
}
