namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerRuntime
{
    private readonly Dictionary<string, Task> _pulls = [];

    public async Task EnsureImage(string image, CancellationToken cancellationToken)
    {
        try
        {
            if (await _docker.InspectImage(image, cancellationToken) is not null) return;
            // A caller that goes away does not end a pull that others may wait for; the pull has its own time limit.
            await PullOnce(image).WaitAsync(cancellationToken);
        }
        catch (DockerApiException e)
        {
            throw new ContainerException(ContainerFailure.Image, $"{image}: {e.Message}", e);
        }
    }

    private Task PullOnce(string image)
    {
        lock (_pulls)
        {
            if (_pulls.TryGetValue(image, out var pull)) return pull;
            pull = Pull(image);
            _pulls.Add(image, pull);
            return pull;
        }
    }

    private async Task Pull(string image)
    {
        // Its entry must be there before it can be taken out again.
        await Task.Yield();
        try
        {
            LogPulling(logger, image);
            var start = clock.GetTimestamp();
            await _docker.PullImage(image, CancellationToken.None);
            LogPulled(logger, image, clock.GetElapsedTime(start).TotalSeconds);
        }
        finally
        {
            lock (_pulls) _pulls.Remove(image);
        }
    }
}
