namespace OrleansCluster.Silo.Hosting.Fencing;

/// <summary>Held by a node's guard for as long as it lives; the system gives it back however that ends.</summary>
internal static class GuardLock
{
    /// <returns>Null while another process holds it.</returns>
    public static IDisposable? TryTake(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "guard.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static bool IsTaken(string folder)
    {
        using var mine = TryTake(folder);
        return mine is null;
    }
}
