using System.Collections.Immutable;
using System.Net;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerRuntime
{
    /// <summary>Inspections at once for a list.</summary>
    private const int Together = 16;

    public async Task<string> Create(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        var body = LaunchTranslation.Translate(launch, options.LogSize);
        try
        {
            var answer = await _docker.CreateContainer(launch.Name, body, cancellationToken);
            foreach (var warning in answer.Warnings ?? []) LogCreateWarning(logger, launch.Name, warning);
            return answer.Id;
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return await FindExisting(launch, e, cancellationToken);
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw new ContainerException(ContainerFailure.Image, e.Message, e);
        }
        catch (DockerApiException e)
        {
            var blamed = !e.IsDaemonFault || BlamesWorkingDirectory(e);
            throw blamed ? new ContainerException(ContainerFailure.Create, e.Message, e) : Unavailable(e);
        }
    }

    public async Task Start(string id, CancellationToken cancellationToken)
    {
        // Docker would start one that has ended a second time.
        if (await Inspect(id, cancellationToken) is { Status: not ContainerStatus.Created }) return;
        try
        {
            await _docker.StartContainer(id, cancellationToken);
        }
        catch (DockerApiException e)
        {
            // A port in use answers 500, a missing binary 400: what tells them from a fault of the daemon is that it blames the container.
            var blamed = await Inspect(id, cancellationToken) is { Status: ContainerStatus.Stopped, Error.Length: > 0 };
            throw e.IsDaemonFault && !blamed ? Unavailable(e) : new ContainerException(ContainerFailure.Start, e.Message + RemedyFor(e), e);
        }
    }

    /// <summary>Docker does not say what it lacks.</summary>
    private static string RemedyFor(DockerApiException e) => e.Message.Contains("could not select device driver", StringComparison.Ordinal)
        ? " (the node offers GPUs, and its Docker Engine knows no driver for them: install their maker's container toolkit, or start the silo without --gpu)"
        : "";

    public async Task Stop(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await _docker.StopContainer(id, timeout, cancellationToken);
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Gone is ended.
        }
        catch (DockerApiException e)
        {
            throw Unavailable(e);
        }
    }

    public async Task Remove(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _docker.RemoveContainer(id, cancellationToken);
        }
        catch (DockerApiException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // 404: gone already. 409: somebody else's removal is under way.
        }
        catch (DockerApiException e)
        {
            throw Unavailable(e);
        }
    }

    public async Task<ContainerInfo?> Inspect(string id, CancellationToken cancellationToken)
    {
        var details = await Ask(_docker.InspectContainer(id, cancellationToken));
        if (details is null || StateTranslation.Translate(details) is not { } info) return null;
        return InitReport.IsPossible(info) && await InitReport.Read(ReadLog(id, false, cancellationToken)) is { } error
            ? info with { Error = error }
            : info;
    }

    public async Task<ImmutableArray<ContainerInfo>> List(string cluster, string node, CancellationToken cancellationToken)
    {
        // The list itself has neither exit codes nor causes of death.
        var summaries = await Ask(_docker.ListContainers(DockerLabels.OfNode(cluster, node), cancellationToken));
        var found = ImmutableArray.CreateBuilder<ContainerInfo>(summaries.Length);
        foreach (var chunk in summaries.Chunk(Together))
        {
            var inspected = await Task.WhenAll(chunk.Select(summary => Inspect(summary.Id, cancellationToken)));
            found.AddRange(inspected.OfType<ContainerInfo>());
        }

        return found.ToImmutable();
    }

    private async Task<string> FindExisting(ContainerLaunch launch, DockerApiException conflict, CancellationToken cancellationToken)
    {
        var existing = await Ask(_docker.InspectContainer(launch.Name, cancellationToken))
            ?? throw new RuntimeUnavailableException($"A container named {launch.Name} is being made or removed just now.", conflict);
        return DockerLabels.Read(existing.Config.Labels) == launch.Labels
            ? existing.Id
            : throw new ContainerException(ContainerFailure.Create, conflict.Message, conflict);
    }

    /// <summary>Docker answers 500 to a working directory that is a file of the image: it would be tried again for ever.</summary>
    private static bool BlamesWorkingDirectory(DockerApiException e) => e.Message.StartsWith("Cannot mkdir", StringComparison.Ordinal);
}
