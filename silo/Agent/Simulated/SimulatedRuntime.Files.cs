namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>Programs that count keep their number in a file; nothing else is written.</summary>
public sealed partial class SimulatedRuntime
{
    /// <summary>No simulated program listens to signals.</summary>
    public Task Signal(string id, string signal, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Stream?> Export(string id, string path, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        lock (_lock)
            return _containers.GetValueOrDefault(id)?.Files.Export(path);
    }

    public async Task Import(string id, string path, Stream tar, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        lock (_lock)
        {
            if (!_containers.TryGetValue(id, out var container))
                throw new ContainerException(ContainerFailure.Start, $"No such container: {id}");
            container.Files.Import(path, tar);
        }
    }

    /// <summary>How far a program has counted; <see langword="null"/> where it has not begun.</summary>
    internal int? ReadCount(string id, string directory)
    {
        lock (_lock)
            return _containers.GetValueOrDefault(id)?.Files.ReadCount(directory);
    }
}
