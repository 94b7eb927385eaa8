using System.Globalization;

namespace OrleansCluster.Grains.Storage.Sqlite;

/// <summary>
/// Keeps a second process from the same file. The operating system drops the lock with its process, however that ends; who holds it stands in a
/// file of its own, because a locked file cannot be read.
/// </summary>
internal sealed class FileOccupation : IDisposable
{
    /// <summary>How an operating system says that another process has a file locked: Linux, macOS (EWOULDBLOCK), Windows (sharing violation).</summary>
    private static readonly int[] _lockedCodes = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;
    private readonly string _holderPath;

    private FileOccupation(FileStream @lock, string holderPath)
    {
        (_lock, _holderPath) = (@lock, holderPath);
        File.WriteAllText(holderPath, $"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} on {Environment.MachineName}");
    }

    /// <exception cref="InvalidOperationException">The file is in use.</exception>
    public static FileOccupation Take(string path)
    {
        var holderPath = path + ".holder";
        var @lock = Lock(path, holderPath);
        try
        {
            return new FileOccupation(@lock, holderPath);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        File.Delete(_holderPath);
        _lock.Dispose();
    }

    private static FileStream Lock(string path, string holderPath)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (_lockedCodes.Contains(exception.HResult))
        {
            throw new InvalidOperationException(
                $"SQLite file {path} is in use by {Holder(holderPath)}: stop it, or choose another file.", exception);
        }
    }

    private static string Holder(string holderPath)
    {
        try
        {
            return File.ReadAllText(holderPath);
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
