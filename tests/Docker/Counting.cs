using System.Globalization;

namespace OrleansCluster.Tests.Docker;

/// <summary>Tasks that add up the numbers to 1,000 and go on from their checkpoints, with a journal of what they did that no checkpoint takes back.</summary>
internal static class Counting
{
    public const int Interval = 5;
    private const int Last = 1000;
    private const int Sum = Last * (Last + 1) / 2;

    /// <summary>So many are counted in a second at the most.</summary>
    private const int Rate = 50;

    /// <summary>The sum is written to another file and renamed, so that no archive has half of it.</summary>
    private const string Script = """
        mkdir -p /state
        read n sum < /state/sum 2>/dev/null || { n=0; sum=0; }
        echo "$OCS_ATTEMPT $n ${OCS_CHECKPOINT:-none}" >> /out/begun-$OCS_TASK_INDEX
        while [ $n -lt 1000 ]; do
          n=$((n + 1))
          sum=$((sum + n))
          echo "$OCS_ATTEMPT $n" >> /out/journal-$OCS_TASK_INDEX
          echo "$n $sum" > /state/sum.new && mv /state/sum.new /state/sum
          usleep 20000
        done
        echo $sum > /out/sum-$OCS_TASK_INDEX
        """;

    public static JobSpec Job(string outFolder, int tasks, int cpu) => new()
    {
        Name = "counting",
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "count",
                Count = tasks,
                Network = NetworkMode.Host,
                Containers =
                [
                    new ContainerSpec
                    {
                        Name = "main",
                        Image = Daemon.Image,
                        Command = ["sh", "-c", Script],
                        Resources = new Resources(cpu, 16, 0),
                        Mounts = [new MountSpec { Volume = "out", Path = "/out" }],
                        StopTimeout = 2,
                    },
                ],
                Volumes = [new VolumeSpec { Name = "out", Host = outFolder }],
                Checkpoint = new CheckpointSpec { Path = "/state", Interval = Interval },
            },
        ],
    };

    /// <summary>The task has added up every number once, and its attempts have done no more than an interval's again.</summary>
    /// <returns>How many attempts it took.</returns>
    public static async Task<int> AssertCounted(string outFolder, int index)
    {
        var begun = (await Lines(outFolder, $"begun-{index}")).Select(line => line.Split(' ')).ToArray();
        Assert.Equal(["1", "0", "none"], begun[0]);
        var journal = (await Lines(outFolder, $"journal-{index}")).Select(line => line.Split(' ')).ToLookup(line => line[0], line => Number(line[1]));
        for (var i = 0; i < begun.Length; i++)
        {
            // Each attempt counts on without a gap; a later one begins where its checkpoint was taken, and no further on than the one before it had come.
            var (attempt, from) = (begun[i][0], Number(begun[i][1]));
            var to = i == begun.Length - 1 ? Last : journal[attempt].Last();
            Assert.Equal(Enumerable.Range(from + 1, to - from), journal[attempt]);
            if (i == 0)
                continue;
            Assert.InRange(Number(begun[i][2]), 1, int.MaxValue);
            Assert.InRange(journal[begun[i - 1][0]].Last() - from, 0, Rate * Interval);
        }

        Assert.Equal([$"{Sum}"], await Lines(outFolder, $"sum-{index}"));
        return begun.Length;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static async Task<string[]> Lines(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
    }
}
