using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Silo.Agent.Simulated;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Testing.Invariants;

/// <summary>
/// Checkpoints as tasks' records have them, and where containers began: each at the newest one that its task had, never at an older one, never further on. Programs
/// count (<c>count</c> of <c>SimulatedProgram</c>), so a checkpoint is as good as its number.
/// </summary>
internal sealed class CheckpointBook(World world, string cluster, ICheckpointStore store, TaskBook tasks)
{
    private readonly Dictionary<(string TaskId, int Number), int> _counts = [];

    public void OnWritten(string taskId, TaskRecord? before, TaskRecord after)
    {
        var (old, now) = (before?.Checkpoints?.Newest ?? 0, after.Checkpoints?.Newest ?? 0);
        if (now == old)
            return;
        if (now != old + 1 || after.Checkpoints is not { Kept: [.., var taken] } || taken.Number != now)
        {
            world.Violate($"task {taskId} went from checkpoint {old} to {now}");
            return;
        }

        if (taken.Attempt != after.Attempt)
            world.Violate($"task {taskId} took checkpoint {now} of attempt {taken.Attempt}, while attempt {after.Attempt} is its current one");
        if (ReadCount(taskId, taken) is not { } count)
        {
            world.Violate($"task {taskId} took checkpoint {now}, which is not stored");
            return;
        }

        _counts[(taskId, now)] = count;
        if (_counts.TryGetValue((taskId, old), out var earlier) && count < earlier)
            world.Violate($"task {taskId} went back from {earlier} in checkpoint {old} to {count} in checkpoint {now}");
    }

    /// <param name="files">As they are before its program runs.</param>
    public void OnStarted(ContainerInfo info, SimulatedFiles files)
    {
        var labels = info.Labels;
        if (tasks.Find(labels.TaskId) is not { Start.Checkpoint: { } spec } task || labels.Container != (spec.Container ?? task.Start.Essential[0]))
            return;
        var newest = task.Checkpoints is { Kept: [.., var last] } ? last.Number : (int?)null;
        var expected = newest is { } number ? _counts[(labels.TaskId, number)] : (int?)null;
        var count = files.ReadCount(spec.Path);
        if (count != expected)
            world.Violate($"attempt {labels.Attempt} of {labels.TaskId} begins at {Say(count)}, though checkpoint {Say(newest)} has {Say(expected)}");
    }

    private int? ReadCount(string taskId, TaskCheckpoint checkpoint)
    {
        // In memory: over before it returns.
        using var packed = store.Get(new CheckpointKey(cluster, taskId, checkpoint.Name), CancellationToken.None).GetAwaiter().GetResult();
        if (packed is null)
            return null;
        using var tar = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new TarReader(tar);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not null)
                return int.Parse(new StreamReader(entry.DataStream).ReadToEnd(), CultureInfo.InvariantCulture);
        }

        return null;
    }

    private static string Say(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
}
