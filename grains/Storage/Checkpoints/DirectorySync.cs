using System.Runtime.InteropServices;

namespace OrleansCluster.Grains.Storage.Checkpoints;

/// <summary>A rename is durable when its folder is, and .NET opens no folders.</summary>
internal static class DirectorySync
{
    public static void Sync(string folder)
    {
        var descriptor = Open(folder, flags: 0);
        if (descriptor < 0)
            throw new IOException($"Folder {folder} cannot be opened to be synced: error {Marshal.GetLastPInvokeError()}.");
        var failed = Fsync(descriptor) < 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed)
            throw new IOException($"Folder {folder} cannot be synced: error {error}.");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
