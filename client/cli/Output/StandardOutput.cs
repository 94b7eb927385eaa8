using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OrleansCluster.Cli.Output;

/// <summary>
/// The process's own output. The runtime's console swallows it when whoever reads a pipe has gone, and 'ocs events | head' would never end.
/// </summary>
internal static class StandardOutput
{
    private const int Handle = 1;
    private const int BrokenPipe = 32;

    public static TextWriter Open(Encoding encoding)
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.Out;
        var stream = new FileStream(new SafeFileHandle(Handle, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // A file's position is shared with whoever writes to it before and after; only the console moves it on.
        return stream.CanSeek ? Console.Out : TextWriter.Synchronized(new StreamWriter(stream, encoding) { AutoFlush = true });
    }

    /// <summary>Whether whoever read the output has gone.</summary>
    public static bool IsClosed(IOException exception) => exception.HResult == BrokenPipe;
}
