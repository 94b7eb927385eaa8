using System.Formats.Tar;
using System.Net;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerRuntime
{
    public async Task Signal(string id, string signal, CancellationToken cancellationToken)
    {
        try
        {
            await _docker.KillContainer(id, signal, cancellationToken);
        }
        catch (DockerApiException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It does not run.
        }
        catch (DockerApiException e)
        {
            throw Unavailable(e);
        }
    }

    public async Task<Stream?> Export(string id, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _docker.GetArchive(id, path.TrimEnd('/'), cancellationToken);
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (DockerApiException e)
        {
            throw Unavailable(e);
        }
    }

    /// <summary>Docker unpacks into a folder that exists; where the image does not have it, it is made, and those above it with it.</summary>
    public async Task Import(string id, string path, Stream tar, CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(path.TrimEnd('/'))!;
        try
        {
            if (!await _docker.HasPath(id, parent, cancellationToken))
            {
                using var folder = Folder(parent);
                await _docker.PutArchive(id, "/", folder, cancellationToken);
            }

            await _docker.PutArchive(id, parent, tar, cancellationToken);
        }
        catch (DockerApiException e) when (e.IsDaemonFault)
        {
            throw Unavailable(e);
        }
        catch (DockerApiException e)
        {
            throw new ContainerException(ContainerFailure.Start, $"{path} cannot be restored: {e.Message}", e);
        }
    }

    private static MemoryStream Folder(string path)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, path.TrimStart('/') + "/") { Mode = (UnixFileMode)0x1ED });
        tar.Position = 0;
        return tar;
    }
}
