using System.Net;
using System.Runtime.CompilerServices;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerRuntime
{
    private static readonly string[] _watched = ["start", "die", "oom", "destroy", "health_status"];

    public async IAsyncEnumerable<ContainerEvent> Watch(
        string cluster, string node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = _docker.WatchEvents(DockerLabels.OfNode(cluster, node), _watched, cancellationToken);
        await using var messages = events.GetAsyncEnumerator(cancellationToken);
        while (await NextEvent(messages))
        {
            var actor = messages.Current.Actor;
            if (DockerLabels.Read(actor.Attributes) is { } labels) yield return new ContainerEvent(actor.Id, labels);
        }
    }

    /// <remarks>One that does not exist has no log.</remarks>
    public async IAsyncEnumerable<LogLine> ReadLog(string id, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var lines = _docker.ReadLogs(id, follow, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextLine(lines)) yield return lines.Current;
    }

    private async ValueTask<bool> NextEvent(IAsyncEnumerator<Wire.EventMessage> messages)
    {
        try
        {
            return await messages.MoveNextAsync();
        }
        catch (DockerApiException e)
        {
            throw Unavailable(e);
        }
        catch (RuntimeUnavailableException e)
        {
            LogWatchEnded(logger, e.Message);
            return false;
        }
    }

    private static async ValueTask<bool> NextLine(IAsyncEnumerator<LogLine> lines)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (DockerApiException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return false;
        }
        catch (DockerApiException e)
        {
            throw Unavailable(e);
        }
    }
}
