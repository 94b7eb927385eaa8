namespace OrleansCluster.Tests.Store;

/// <summary>A directory that goes with its test.</summary>
internal sealed class TestDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ocs-store-");

    /// <summary>In a directory that does not exist yet.</summary>
    public string Database => Path.Combine(_directory.FullName, "data", "cluster.db");

    public void Dispose() => _directory.Delete(recursive: true);
}
