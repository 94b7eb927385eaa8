using OrleansCluster.Client;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary>Jobs in real containers through a silo of its own, with a folder that containers can write to at /out.</summary>
public abstract class EndToEndTest(Daemon daemon) : DockerTest(daemon)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);
    private readonly string _directory = Directory.CreateTempSubdirectory("ocs-docker-").FullName;

    internal string Out => Path.Combine(_directory, "out");
    internal string Data => Path.Combine(_directory, "data");

    public override ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Out);
        Directory.CreateDirectory(Data);
        return base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal Task<SiloProcess> StartSilo(params string[] options) => SiloProcess.Start(Data, Cluster, options);

    internal JobTaskSpec Shell(string name, int count, string script, params string[] dependsOn) => new()
    {
        Name = name,
        Count = count,
        DependsOn = [.. dependsOn],
        Network = NetworkMode.Host,
        Containers = [Shell("main", script)],
        Volumes = [new VolumeSpec { Name = "out", Host = Out }],
    };

    internal ContainerSpec Shell(string container, string script) => new()
    {
        Name = container,
        Image = Daemon.Image,
        Command = ["sh", "-c", script],
        Resources = new Resources(10, 16, 0),
        Mounts = [new MountSpec { Volume = "out", Path = "/out" }],
        StopTimeout = 2,
    };

    internal static JobSpec Job(params JobTaskSpec[] tasks) => new() { Name = "e2e", Tasks = [.. tasks] };

    internal static Task<JobView> WaitForEnd(OrleansClusterClient client, string job) => WaitFor(client, job, "has ended", j => j.HasEnded);

    internal static async Task<JobView> WaitFor(OrleansClusterClient client, string job, string what, Func<JobView, bool> condition)
    {
        using var patience = new CancellationTokenSource(_patience);
        JobView? last = null;
        try
        {
            await foreach (var view in client.Jobs.WatchAsync(job, patience.Token))
            {
                last = view;
                if (condition(view))
                    return view;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Told below.
        }

        throw new TimeoutException($"expected that {job} {what} within {_patience}; it is {last}: {string.Join(", ", last?.Tasks ?? [])}");
    }
}
