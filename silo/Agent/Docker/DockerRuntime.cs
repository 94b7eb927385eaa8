namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>Containers of this host's Docker daemon.</summary>
internal sealed partial class DockerRuntime(DockerOptions options, TimeProvider clock, ILogger<DockerRuntime> logger)
    : IContainerRuntime, IDisposable
{
    /// <summary>Docker puts this file into every container.</summary>
    private const string BootId = "/proc/sys/kernel/random/boot_id";
    private const string ContainerMark = "/.dockerenv";

    private readonly DockerClient _docker = new(options, clock);

    public async Task<string> Describe(CancellationToken cancellationToken)
    {
        var version = await Ask(_docker.GetVersion(cancellationToken));
        return $"docker {version.Version}";
    }

    /// <summary>
    /// Disk is the size of the volume where Docker keeps its data; 0 where the daemon is not of this host. Not what is free now: that shrinks with
    /// every image, and a node that comes back with less than is claimed on it is refused.
    /// </summary>
    public async Task<Resources> MeasureCapacity(CancellationToken cancellationToken)
    {
        var info = await Ask(_docker.GetInfo(cancellationToken));
        return new Resources(info.Cpus * 1000, ToMiB(info.MemTotal), DiskSize(info.DockerRootDir));
    }

    public async Task<string> Incarnation(CancellationToken cancellationToken)
    {
        var daemon = (await Ask(_docker.GetInfo(cancellationToken))).Id;
        return options.Endpoint.IsLocal && File.Exists(BootId) ? $"{daemon}/{(await File.ReadAllTextAsync(BootId, cancellationToken)).Trim()}" : daemon;
    }

    public void Dispose()
    {
        _docker.Dispose();
        _web.Dispose();
    }

    private int DiskSize(string? folder)
    {
        if (!options.Endpoint.IsLocal) return 0;
        if (Directory.Exists(folder)) return ToMiB(new DriveInfo(folder).TotalSize);

        // A silo in one of the daemon's own containers does not see that folder, but its root is a layer on the same volume.
        return File.Exists(ContainerMark) ? ToMiB(new DriveInfo("/").TotalSize) : 0;
    }

    private static int ToMiB(long bytes) => (int)Math.Min(bytes >> 20, int.MaxValue);

    /// <summary>For calls that cannot fail by a container's fault.</summary>
    private static async Task<T> Ask<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (DockerApiException e)
        {
            throw Unavailable(e);
        }
    }

    private static RuntimeUnavailableException Unavailable(DockerApiException e) =>
        new($"Docker failed ({(int)e.Status}): {e.Message}", e);
}
