using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerClient
{
    public Task<Wire.CreateAnswer> CreateContainer(string name, Wire.CreateContainer body, CancellationToken cancellationToken) =>
        Call(
            HttpMethod.Post,
            $"/containers/create?name={Escape(name)}",
            JsonContent.Create(body, DockerJson.Default.CreateContainer),
            DockerJson.Default.CreateAnswer,
            cancellationToken);

    /// <summary>One that runs is left alone; one that has ended runs again.</summary>
    public Task StartContainer(string id, CancellationToken cancellationToken) =>
        Call(HttpMethod.Post, $"/containers/{Escape(id)}/start", null, TimeSpan.Zero, cancellationToken);

    /// <summary>Returns when it has ended; one that does not run is left alone.</summary>
    /// <param name="timeout">Between the signal and the kill, in whole seconds, rounded up.</param>
    public Task StopContainer(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seconds = (int)Math.Ceiling(timeout.TotalSeconds);
        return Call(
            HttpMethod.Post, $"/containers/{Escape(id)}/stop?t={seconds}", null, TimeSpan.FromSeconds(seconds), cancellationToken);
    }

    public Task KillContainer(string id, string signal, CancellationToken cancellationToken) =>
        Call(HttpMethod.Post, $"/containers/{Escape(id)}/kill?signal={Escape(signal)}", null, TimeSpan.Zero, cancellationToken);

    /// <summary>Kills it if it runs, and removes its anonymous volumes with it.</summary>
    public Task RemoveContainer(string id, CancellationToken cancellationToken) =>
        Call(HttpMethod.Delete, $"/containers/{Escape(id)}?force=true&v=true", null, TimeSpan.Zero, cancellationToken);

    /// <param name="id">Its id or its name.</param>
    /// <returns><see langword="null"/> when there is no such container.</returns>
    public async Task<Wire.ContainerDetails?> InspectContainer(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Call(
                HttpMethod.Get, $"/containers/{Escape(id)}/json", null, DockerJson.Default.ContainerDetails, cancellationToken);
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>One set of figures, at once: the daemon would wait a second for another to compare with.</summary>
    /// <returns><see langword="null"/> when there is no such container.</returns>
    public async Task<Wire.ContainerStats?> ReadStats(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Call(HttpMethod.Get, $"/containers/{Escape(id)}/stats?stream=false&one-shot=true", null, DockerJson.Default.ContainerStats, cancellationToken);
        }
        catch (DockerApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (RuntimeUnavailableException e) when (e.InnerException is JsonException)
        {
            // Of one that is removed meanwhile the daemon says that all is well, and then nothing.
            return null;
        }
    }

    /// <param name="labels">Each <c>name=value</c>; all must be there.</param>
    public Task<ImmutableArray<Wire.ContainerSummary>> ListContainers(string[] labels, CancellationToken cancellationToken) =>
        Call(
            HttpMethod.Get,
            $"/containers/json?all=true&filters={Filters(("label", labels))}",
            null,
            DockerJson.Default.ImmutableArrayContainerSummary,
            cancellationToken);

    /// <summary>Returns when the condition is met, however long that takes.</summary>
    public async Task<Wire.WaitAnswer> WaitContainer(string id, WaitCondition condition, CancellationToken cancellationToken)
    {
        var word = condition switch
        {
            WaitCondition.NextExit => "next-exit",
            WaitCondition.Removed => "removed",
            _ => "not-running",
        };
        var path = $"/containers/{Escape(id)}/wait?condition={word}";
        try
        {
            using var response = await Send(HttpMethod.Post, path, null, cancellationToken);
            return await response.Content.ReadFromJsonAsync(DockerJson.Default.WaitAnswer, cancellationToken) ?? new Wire.WaitAnswer();
        }
        catch (Exception e) when (IsBroken(e) || e is JsonException)
        {
            throw Unavailable($"POST {path}", e);
        }
    }
}
