using System.Threading.Channels;

namespace OrleansCluster.Tests.Docker.Runtime;

public sealed class WatchTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task Watch_StartEndAndRemoval_YieldsEach()
    {
        var launch = Launch("main", "sh", "-c", "echo up; sleep 1000");
        await using var watch = await Watching.Begin(this);

        var id = await CreateAndStart(launch);
        await watch.Expect("start", id, launch.Labels);
        await Runtime.Stop(id, TimeSpan.FromSeconds(10), CancellationToken.None);
        await watch.Expect("die", id, launch.Labels);
        await Runtime.Remove(id, CancellationToken.None);
        await watch.Expect("destroy", id, launch.Labels);
    }

    [Fact]
    public async Task Watch_OtherNodesAndClusters_AreNotHeardOf()
    {
        var launch = Launch("main", "true");
        await using var watch = await Watching.Begin(this);

        await Run(launch with { Labels = launch.Labels with { Node = "node-2" } });
        var id = await CreateAndStart(launch with { Labels = launch.Labels with { Attempt = 2 } });

        await watch.Expect("start", id, launch.Labels with { Attempt = 2 });
    }

    /// <summary>A watch that is known to be listening: it has seen a container made for nothing else.</summary>
    private sealed class Watching : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Channel<ContainerEvent> _seen = Channel.CreateUnbounded<ContainerEvent>();
        private Task _reading = Task.CompletedTask;

        public static async Task<Watching> Begin(DockerTest test)
        {
            var watching = new Watching();
            watching._reading = watching.Read(test);
            var probes = 0;
            while (!watching._seen.Reader.TryPeek(out _))
            {
                Assert.True(probes++ < 100, "no event in 100 probes");
                var probe = test.Launch("probe", "true");
                var id = await test.Runtime.Create(
                    probe with { Labels = probe.Labels with { Attempt = 100 + probes } }, CancellationToken.None);
                await test.Runtime.Remove(id, CancellationToken.None);
            }

            return watching;
        }

        public async Task Expect(string what, string id, ContainerLabels labels)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                ContainerEvent next;
                do next = await _seen.Reader.ReadAsync(patience.Token);
                while (next.Labels.Container == "probe");
                Assert.Equal(new ContainerEvent(id, labels), next);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"no event within a minute; expected '{what}' of {id}");
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _reading);
            _end.Dispose();
        }

        private async Task Read(DockerTest test)
        {
            await foreach (var next in test.Runtime.Watch(test.Cluster, Node, _end.Token)) _seen.Writer.TryWrite(next);
        }
    }
}
