namespace OrleansCluster.Silo.Hosting.Fencing;

/// <summary>The ids of the containers that a node's guards have stopped, one a line, written before each is.</summary>
internal sealed class FencedFile(string folder)
{
    private const long Largest = 1 << 20;
    private readonly string _path = Path.Combine(folder, "fenced");

    public void Add(IEnumerable<string> containerIds) => File.AppendAllLines(_path, containerIds);

    public bool Has(string containerId) => File.Exists(_path) && File.ReadLines(_path).Contains(containerId, StringComparer.Ordinal);

    /// <summary>Thousands of ends ago: those containers are gone.</summary>
    public void Prune()
    {
        if (File.Exists(_path) && new FileInfo(_path).Length > Largest)
            File.Delete(_path);
    }
}
