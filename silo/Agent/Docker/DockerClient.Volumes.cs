namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerClient
{
    public Task RemoveVolume(string name, CancellationToken cancellationToken) =>
        Call(HttpMethod.Delete, $"/volumes/{Escape(name)}", null, TimeSpan.Zero, cancellationToken);
}
