using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent;

/// <summary>
/// What runs containers on this host. Every call is idempotent as far as the runtime can tell: creating what exists returns it, stopping
/// what has ended and removing what is gone succeed. Failures that belong to the container throw <see cref="ContainerException"/>; anything
/// else (the daemon is away) throws <see cref="RuntimeUnavailableException"/> and may be tried again.
/// </summary>
public interface IContainerRuntime
{
    /// <summary>In words: <c>docker 20.10.24</c>.</summary>
    Task<string> Describe(CancellationToken cancellationToken);

    /// <summary>
    /// Another one whenever containers may have vanished without a trace since: the host was started anew, or the runtime's storage is another. While it is
    /// the same, a container that is not there was never created, or was removed.
    /// </summary>
    Task<string> Incarnation(CancellationToken cancellationToken);

    /// <summary>What the host has in all.</summary>
    Task<Resources> MeasureCapacity(CancellationToken cancellationToken);

    /// <summary>Makes the image available, pulling it if it must; throws <see cref="ContainerException"/> of kind Image.</summary>
    Task EnsureImage(string image, CancellationToken cancellationToken);

    /// <summary>Creates a container and returns its id. One with that name and those labels is returned as it is.</summary>
    Task<string> Create(ContainerLaunch launch, CancellationToken cancellationToken);

    /// <summary>Starts it; one that runs or has ended already is left alone.</summary>
    Task Start(string id, CancellationToken cancellationToken);

    /// <summary>Signals it to stop and kills it after the time-out; returns when it has ended.</summary>
    Task Stop(string id, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Sends it a signal, such as <c>SIGUSR1</c>; one that does not run is left alone.</summary>
    Task Signal(string id, string signal, CancellationToken cancellationToken);

    /// <summary>
    /// A directory of a container, running or ended, as a tar archive whose entries begin with the directory's name; <see langword="null"/> where there is none. The
    /// caller disposes the stream. An archive that breaks off may look like any other: its end marks tell.
    /// </summary>
    Task<Stream?> Export(string id, string path, CancellationToken cancellationToken);

    /// <summary>Unpacks such an archive into a container that has been created and not started, so that the directory is at <paramref name="path"/> there.</summary>
    Task Import(string id, string path, Stream tar, CancellationToken cancellationToken);

    /// <summary>Removes it, killing it if need be, with its anonymous volumes.</summary>
    Task Remove(string id, CancellationToken cancellationToken);

    /// <summary>
    /// One check of a container that runs, over the network (http or tcp). Lasts as long as the token lets it; what the container does to it is an answer, not an
    /// exception.
    /// </summary>
    /// <returns>What it ran into; <see langword="null"/> for a success.</returns>
    Task<string?> Probe(string id, HealthCheckSpec check, CancellationToken cancellationToken);

    /// <summary><see langword="null"/> when no such container runs.</summary>
    Task<ContainerUsage?> ReadUsage(string id, CancellationToken cancellationToken);

    /// <summary><see langword="null"/> when there is no such container.</summary>
    Task<ContainerInfo?> Inspect(string id, CancellationToken cancellationToken);

    /// <summary>Every container, running or not, that carries the labels of this cluster and node.</summary>
    Task<ImmutableArray<ContainerInfo>> List(string cluster, string node, CancellationToken cancellationToken);

    /// <summary>Yields when something happened to a container of this cluster and node (started, died, out of memory, removed); ends when the stream breaks.</summary>
    IAsyncEnumerable<ContainerEvent> Watch(string cluster, string node, CancellationToken cancellationToken);

    /// <summary>The container's output from its beginning. With <paramref name="follow"/> it goes on until the container ends.</summary>
    IAsyncEnumerable<LogLine> ReadLog(string id, bool follow, CancellationToken cancellationToken);
}
