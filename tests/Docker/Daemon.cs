using OrleansCluster.Silo.Agent.Docker;

[assembly: AssemblyFixture(typeof(OrleansCluster.Tests.Docker.Daemon))]

namespace OrleansCluster.Tests.Docker;

/// <summary>The daemon that <c>DOCKER_HOST</c> names, or the system's own, and why it cannot be used if so.</summary>
public sealed class Daemon : IAsyncLifetime
{
    public const string Image = "ocs/busybox:latest";
    private string? _away;
    private string? _broken;

    internal static DockerOptions Options { get; } = new()
    {
        Endpoint = DockerEndpoint.Parse(Environment.GetEnvironmentVariable("DOCKER_HOST")),
        CallTimeout = TimeSpan.FromMinutes(2),
        PullTimeout = TimeSpan.FromMinutes(2),
        LogSize = 2,
    };

    /// <summary>The path of its socket; <see langword="null"/> where it is reached over TCP.</summary>
    internal static string? Socket => Options.Endpoint.IsLocal ? Options.Endpoint.Text["unix://".Length..] : null;

    public async ValueTask InitializeAsync()
    {
        using var client = new DockerClient(Options, TimeProvider.System);
        try
        {
            if (await client.InspectImage(Image, CancellationToken.None) is null)
                _broken = $"Docker at {Options.Endpoint} lacks {Image}: source infra/lib/docker.sh and call ocs_image.";
        }
        catch (RuntimeUnavailableException e)
        {
            _away = $"No Docker daemon to test with (infra/test starts one): {e.Message}";
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Skips where no daemon answers; a daemon without the image is a mistake.</summary>
    public void Require()
    {
        if (_away is not null) Assert.Skip(_away);
        if (_broken is not null) Assert.Fail(_broken);
    }
}
