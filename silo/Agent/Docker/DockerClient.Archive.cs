using System.Net;
using System.Net.Http.Headers;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerClient
{
    /// <summary>A file or folder of a container, running or not, as a tar stream, which the caller disposes.</summary>
    public async Task<Stream> GetArchive(string id, string path, CancellationToken cancellationToken)
    {
        var response = await Send(HttpMethod.Get, ArchivePath(id, path), null, cancellationToken);
        // The response owns nothing but this stream.
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <summary>Unpacks a tar stream into a folder that exists in the container, running or not.</summary>
    public async Task PutArchive(string id, string path, Stream tar, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(tar);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        using var response = await Send(HttpMethod.Put, ArchivePath(id, path), content, cancellationToken);
    }

    /// <summary>Whether there is such a file or folder in the container.</summary>
    public async Task<bool> HasPath(string id, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Send(HttpMethod.Head, ArchivePath(id, path), null, cancellationToken);
            return true;
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static string ArchivePath(string id, string path) => $"/containers/{Escape(id)}/archive?path={Escape(path)}";
}
