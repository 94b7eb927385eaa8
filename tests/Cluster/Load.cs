using OrleansCluster.Client;
using OrleansCluster.Tests.Docker;

namespace OrleansCluster.Tests.Cluster;

/// <summary>
/// Hands in small jobs one after the other, to whichever silo runs, and repeats a submission with its key until it is acknowledged. Each task
/// writes a line when it starts and one when it ends, so that what really ran is counted outside the cluster.
/// </summary>
/// <param name="seconds">How long a task takes.</param>
/// <param name="cpu">Millicores of a task, of the 4000 that a node has: how many of them fill it.</param>
/// <param name="onDisconnect">Whether its containers run on when their node is cut off.</param>
internal sealed class Load(ThreeSilos silos, int seconds, int cpu, DisconnectPolicy onDisconnect = DisconnectPolicy.Stop)
{
    private const int TasksInJob = 3;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly List<string> _jobs = [];

    public int Acknowledged => _jobs.Count * TasksInJob;

    /// <summary>Ends when so many jobs are acknowledged.</summary>
    public async Task Submit(int jobs)
    {
        for (var n = 0; n < jobs; n++)
        {
            _jobs.Add(await Submit($"load-{n}", n));
            await Task.Delay(_pause);
        }
    }

    /// <summary>Waits for the ends of all that was acknowledged.</summary>
    public async Task<Outcome> Finish()
    {
        using var patience = new CancellationTokenSource(_patience);
        var finished = 0;
        for (var n = 0; n < _jobs.Count;)
        {
            Assert.False(patience.IsCancellationRequested, $"{_jobs[n]} has not ended; {silos.Logs}");
            if (await TryGet(_jobs[n], n) is not { HasEnded: true } job)
            {
                await Task.Delay(100);
                continue;
            }

            finished += job.Tasks.Sum(t => t.Succeeded);
            n++;
        }

        return new Outcome(Acknowledged, finished, TwiceIn("started"), TwiceIn("ended"));
    }

    private async Task<JobView?> TryGet(string job, int turn)
    {
        try
        {
            return await silos.Client(turn, out _).Jobs.GetAsync(job);
        }
        catch (Exception e) when (e is ClusterUnreachableException or ClusterApiException { Status: 503 or 500 })
        {
            return null;
        }
    }

    private async Task<string> Submit(string key, int turn)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (true)
        {
            try
            {
                return (await silos.Client(turn++, out _).Jobs.SubmitAsync(Job(), key, patience.Token)).Id;
            }
            catch (Exception e) when (e is ClusterUnreachableException or ClusterApiException { Status: 503 or 500 })
            {
                await Task.Delay(100, patience.Token);
            }
        }
    }

    private string[] TwiceIn(string file)
    {
        var path = Path.Combine(silos.Out, file);
        return File.Exists(path) ? [.. File.ReadAllLines(path).GroupBy(task => task).Where(lines => lines.Count() > 1).Select(lines => lines.Key)] : [];
    }

    private JobSpec Job() => new()
    {
        Name = "load",
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Count = TasksInJob,
                Network = NetworkMode.Host,
                OnDisconnect = onDisconnect,
                Volumes = [new VolumeSpec { Name = "out", Host = silos.Out }],
                Containers =
                [
                    new ContainerSpec
                    {
                        Name = "main",
                        Image = Daemon.Image,
                        Command = ["sh", "-c", $"echo $OCS_TASK_ID >> /out/started; sleep {seconds}; echo $OCS_TASK_ID >> /out/ended"],
                        Resources = new Resources(cpu, 16, 0),
                        Mounts = [new MountSpec { Volume = "out", Path = "/out" }],
                        StopTimeout = 1,
                    },
                ],
            },
        ],
    };

    /// <param name="Restarted">Tasks that started more than once.</param>
    /// <param name="Repeated">Tasks that ran to their end more than once.</param>
    public sealed record Outcome(int Acknowledged, int Finished, string[] Restarted, string[] Repeated)
    {
        public override string ToString() =>
            $"{Acknowledged} tasks acknowledged, {Finished} finished, {Restarted.Length} started more than once, {Repeated.Length} ended more than once";
    }
}
