using System.Net;
using OrleansCluster.Client;
using OrleansCluster.Tests.Docker;

namespace OrleansCluster.Tests.Cluster;

/// <summary>Silos beyond loopback: who belongs to a cluster, and who stays outside.</summary>
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

        var stranger = silos.StartStranger("stranger", IPAddress.Parse("127.0.0.4"));
        var plain = silos.StartWithoutTls("plain");
        await Until("the stranger to say why it cannot join", stranger, log => log.Contains("of the other side is refused: it is signed by 'CN=authority', which is not the authority", StringComparison.Ordinal));
        await Until("the silo without TLS to say that nobody answers it", plain, log => log.Contains("Failed to get ping responses from 2 of 2 active silos", StringComparison.Ordinal));
        await Until("a member to refuse it", () => first.Log + second.Log, log => log.Contains("Authentication failed", StringComparison.Ordinal));

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

    private static Task<string> Until(string expected, Func<string> log, Func<string, bool> isSo) =>
        Poll.Until(expected, () => Task.FromResult(isSo(log()) ? "so" : null));

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
