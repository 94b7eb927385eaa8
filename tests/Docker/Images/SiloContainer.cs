using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Client;
using OrleansCluster.Silo.Agent.Docker;
using OrleansCluster.Silo.Agent.Docker.Wire;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Docker.Images;

/// <summary>A silo in a container, with its host's network and Docker socket, and its data in a volume.</summary>
internal sealed class SiloContainer : IAsyncDisposable
{
    private readonly DockerClient _docker;
    private readonly string _name;
    private readonly Uri _address;
    private readonly ServiceProvider _services;

    private SiloContainer(DockerClient docker, string name, Uri address, string cluster)
    {
        (_docker, _name, _address) = (docker, name, address);
        _services = new ServiceCollection().AddLogging().AddClient(address, cluster).BuildServiceProvider();
        Client = _services.GetRequiredService<OrleansClusterClient>();
    }

    public OrleansClusterClient Client { get; }

    public static async Task<SiloContainer> Start(DockerClient docker, string image, string cluster)
    {
        var name = $"{cluster}-silo";
        var listen = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Find()}");
        Mount[] socket = Daemon.Socket is { } path ? [new("bind", path, "/var/run/docker.sock", false)] : [];
        var silo = new SiloContainer(docker, name, new Uri($"http://{listen}"), cluster);
        await docker.CreateContainer(
            name,
            new CreateContainer
            {
                Image = image,
                Env =
                [
                    $"Ocs__Cluster={cluster}",
                    $"Ocs__Listen={listen}",
                    "Ocs__Node=host",
                    $"Ocs__DockerHost={(Daemon.Socket is null ? Daemon.Options.Endpoint.Text : "unix:///var/run/docker.sock")}",
                ],
                HostConfig = new HostConfig
                {
                    NetworkMode = "host",
                    RestartPolicy = new RestartPolicy("no"),
                    Mounts = [new("volume", name, "/var/lib/ocs", false), .. socket],
                },
            },
            CancellationToken.None);
        await silo.Start();
        return silo;
    }

    /// <summary>The first time, or again.</summary>
    public async Task Start()
    {
        await _docker.StartContainer(_name, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = _address };
        await Poll.Until("the silo to be ready", async () => await IsReady(http) ? "so" : null);
    }

    /// <summary>As Docker sees it, by the health check of the image.</summary>
    public Task WaitUntilHealthy() => Poll.Until(
        "Docker to call the silo healthy",
        async () => (await Script.Run("ocs_docker_api GET \"/containers/$1/json\"", _name)).Contains("\"Status\":\"healthy\"", StringComparison.Ordinal) ? "so" : null);

    /// <summary>SIGKILL: no goodbye, no flush.</summary>
    public async Task Kill()
    {
        await _docker.KillContainer(_name, "KILL", CancellationToken.None);
        await _docker.WaitContainer(_name, WaitCondition.NotRunning, CancellationToken.None);
    }

    /// <summary>As <c>docker stop</c> does.</summary>
    /// <returns>Its exit code: 137 if it had to be killed.</returns>
    public async Task<int> Stop()
    {
        await _docker.StopContainer(_name, TimeSpan.FromSeconds(30), CancellationToken.None);
        return (await _docker.InspectContainer(_name, CancellationToken.None))!.State.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _docker.RemoveContainer(_name, CancellationToken.None);
        await _docker.RemoveVolume(_name, CancellationToken.None);
        await _services.DisposeAsync();
    }

    private async Task<bool> IsReady(HttpClient http)
    {
        if (await _docker.InspectContainer(_name, CancellationToken.None) is not { State.Status: "running" })
        {
            var log = await _docker.ReadLogs(_name, false, CancellationToken.None).Select(line => line.Text).ToListAsync();
            throw new InvalidOperationException($"The silo's container has ended: {string.Join('\n', log)}");
        }

        try
        {
            using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
