using System.Net;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerClient
{
    /// <summary><see langword="null"/> when the daemon does not have it.</summary>
    public async Task<Wire.ImageDetails?> InspectImage(string image, CancellationToken cancellationToken)
    {
        // Slashes stay: they are part of the path to Docker's router.
        var name = Escape(image).Replace("%2F", "/", StringComparison.Ordinal);
        try
        {
            return await Call(HttpMethod.Get, $"/images/{name}/json", null, DockerJson.Default.ImageDetails, cancellationToken);
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Returns when the image is here; an error in the middle of the progress throws as one of the call itself does.</summary>
    public async Task PullImage(string image, CancellationToken cancellationToken)
    {
        // Without a tag Docker would pull every tag there is.
        var hasTag = image.Contains('@') || image.LastIndexOf(':') > image.LastIndexOf('/');
        var path = $"/images/create?fromImage={Escape(hasTag ? image : image + ":latest")}";
        using var limit = new CallLimit(_options.PullTimeout, _clock, cancellationToken);
        try
        {
            using var response = await Send(HttpMethod.Post, path, null, limit.Token);
            await foreach (var line in ReadLines(response, limit.Token))
            {
                if (Parse(line, DockerJson.Default.PullProgress).Error is { Length: > 0 } error)
                    throw new DockerApiException(HttpStatusCode.NotFound, error);
            }
        }
        catch (Exception e) when (limit.Covers(e))
        {
            throw Unavailable($"POST {path}", e);
        }
    }
}
