using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage.Checkpoints;

/// <summary>
/// Files <c>cluster/task/name</c> below one folder, which all silos of a deployment see. Bytes are written to another name, synced and then renamed, so that a file
/// of that name is whole whatever crashes.
/// </summary>
internal sealed class DirectoryCheckpointStore(string root, TimeProvider clock) : ICheckpointStore
{
    private const string Unfinished = ".part";

    private readonly string _root = Path.GetFullPath(root);

    public string Description => $"folder {_root}";

    public long LargestSize => 1L << 30;

    public Task Put(CheckpointKey key, Stream content, CancellationToken cancellationToken) => Try(async () =>
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{clock.GetTimestamp()}{Unfinished}";
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
            DirectorySync.Sync(Path.GetDirectoryName(path)!);
        }
        catch
        {
            File.Delete(part);
            throw;
        }

        return true;
    });

    public Task<Stream?> Get(CheckpointKey key, CancellationToken cancellationToken) => Try(() =>
    {
        var path = PathOf(key);
        return Task.FromResult<Stream?>(File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null);
    });

    public Task Delete(CheckpointKey key, CancellationToken cancellationToken) => Try(() =>
    {
        var folder = Path.GetDirectoryName(PathOf(key))!;
        if (Directory.Exists(folder))
            File.Delete(PathOf(key));
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
        return Task.FromResult(true);
    });

    public Task<ImmutableArray<StoredCheckpoint>> List(string cluster, string after, int limit, CancellationToken cancellationToken) => Try(() =>
    {
        var folder = new DirectoryInfo(Path.Combine(_root, cluster));
        if (!folder.Exists)
            return Task.FromResult<ImmutableArray<StoredCheckpoint>>([]);
        RemoveLeftovers(folder);
        var found = folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Extension != Unfinished)
            .Select(file => (File: file, Key: CheckpointKey.Parse(cluster, Path.GetRelativePath(folder.FullName, file.FullName))))
            .Where(each => each.Key is not null && string.CompareOrdinal(each.Key.Path, after) > 0)
            .OrderBy(each => each.Key!.Path, StringComparer.Ordinal)
            .Take(limit);
        return Task.FromResult<ImmutableArray<StoredCheckpoint>>([.. found.Select(each => new StoredCheckpoint(each.Key!, each.File.Length, each.File.LastWriteTimeUtc))]);
    });

    /// <summary>What a silo that died was writing.</summary>
    private void RemoveLeftovers(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*" + Unfinished, SearchOption.AllDirectories))
        {
            if (clock.GetUtcNow() - file.LastWriteTimeUtc > CheckpointLimits.Abandoned)
                file.Delete();
        }
    }

    private string PathOf(CheckpointKey key) => Path.Combine(_root, key.Cluster, key.TaskId, key.Name);

    private async Task<T> Try<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The checkpoints' {Description} failed: {exception.Message}", exception);
        }
    }
}
