using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Client;
using OrleansCluster.Tests.Docker.EndToEnd;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Docker.Images;

/// <summary><c>infra/compose.yaml</c> as it stands: three silos and PostgreSQL, on the ports that it names.</summary>
public sealed class ComposeTests(Daemon daemon, SiloImage image) : EndToEndTest(daemon), IClassFixture<SiloImage>
{
    private const int Silos = 3;
    private const int Tasks = 12;

    /// <summary>A node takes four of the tasks. Where no registry answers, the image of PostgreSQL has been made here and has another name.</summary>
    private const string Prepared = """
        export OCS_CLUSTER=$1 OCS_SILO_IMAGE=$2 OCS_DOCKER_SOCKET=$3 OCS_CPU=400; shift 3
        if ! ocs_docker_has_image postgres:15; then export OCS_POSTGRES_IMAGE=ocs/postgres:15; fi
        ocs_compose --project-name "$OCS_CLUSTER" --file infra/compose.yaml "$@" 2>&1
        """;

    private bool _mayBeUp;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.True(Daemon.Socket is not null, $"infra/compose.yaml mounts Docker's socket, and the daemon is at {Daemon.Options.Endpoint}");
        await image.EnsureBuilt();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_mayBeUp)
            await Compose("down", "--volumes");
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Up_ThreeSilosAndPostgres_RunAJobOverAllOfThemAndDownLeavesNothing()
    {
        _mayBeUp = true;
        await Compose("up", "--detach");
        await using var services = new ServiceCollection().AddLogging().AddClient(Address(1), Cluster).BuildServiceProvider();
        var client = services.GetRequiredService<OrleansClusterClient>();
        await Told(WaitUntilReady);
        await Told(() => RunJob(client));

        await Compose("down", "--volumes");
        _mayBeUp = false;
        Assert.Equal("", await Script.Run("ocs_docker_api GET '/containers/json?all=true' | grep -o \"$1[^\\\"]*\" || true", Cluster));
        Assert.Equal("", await Script.Run("ocs_docker_api GET /volumes | grep -o \"$1[^\\\"]*\" || true", Cluster));
    }

    private async Task RunJob(OrleansClusterClient client)
    {
        await Poll.Until("three nodes", async () => (await client.Nodes.GetAllAsync()).Items.Count(n => n.Status == NodeStatus.Active) == Silos ? "so" : null);
        var work = Shell("work", Tasks, "echo $OCS_TASK_INDEX >> /out/started; until [ -e /out/gate ]; do sleep 0.2; done");
        work = work with { Containers = [work.Containers[0] with { Resources = new Resources(100, 16, 0) }] };
        var job = await client.Jobs.SubmitAsync(Job(work));
        await WaitFor(client, job.Id, "runs all its tasks at once", j => j.Tasks[0].Running == Tasks);
        var nodes = (await client.Nodes.GetAllAsync()).Items;
        await File.WriteAllTextAsync(Path.Combine(Out, "gate"), "");
        var ended = await WaitForEnd(client, job.Id);

        Assert.Equal([("node-1", 4), ("node-2", 4), ("node-3", 4)], nodes.Select(n => (n.Name, n.TaskCount)).Order());
        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.Equal(Enumerable.Range(0, Tasks), (await File.ReadAllLinesAsync(Path.Combine(Out, "started"))).Select(int.Parse).Order());
        Assert.All(await client.Tasks.ListAsync(job.Id, state: null).ToListAsync(), t => Assert.Equal((1, true), (t.Attempt, t.Succeeded)));
        foreach (var node in nodes)
        {
            await Poll.Until(
                $"every container of {node.Name} to be removed",
                async () => (await Runtime.List(Cluster, node.Name, CancellationToken.None)).IsEmpty ? "so" : null);
        }
    }

    private static async Task WaitUntilReady()
    {
        using var http = new HttpClient();
        for (var silo = 1; silo <= Silos; silo++)
        {
            var ready = new Uri(Address(silo), "/readyz");
            await Poll.Until($"{ready} to answer 200", async () => await Answers(ready) ? "so" : null);
        }

        async Task<bool> Answers(Uri ready)
        {
            try
            {
                using var answer = await http.GetAsync(ready);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    /// <summary>What goes wrong in there is in the logs, which are gone afterwards.</summary>
    private async Task Told(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\n{await Compose("logs", "--no-color", "--tail=40")}", e);
        }
    }

    private Task<string> Compose(params string[] arguments) => Script.Run(Prepared, [Cluster, image.Tag, Daemon.Socket!, .. arguments]);

    private static Uri Address(int silo) => new($"http://127.0.0.1:{7070 + silo}");
}
