using System.Text;

namespace OrleansCluster.Tests.Store.KillWriter;

/// <summary>Says a line at a time, straight to the operating system: nothing said may be lost with the process.</summary>
internal sealed class Acknowledgements(Stream output)
{
    private readonly Lock _lock = new();

    public void Say(int writer, int unit)
    {
        lock (_lock)
        {
            output.Write(Encoding.ASCII.GetBytes($"{writer} {unit}\n"));
            output.Flush();
        }
    }
}
