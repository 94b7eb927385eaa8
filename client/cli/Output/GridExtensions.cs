using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Output;

internal static class GridExtensions
{
    /// <summary>Writes a listing; on stderr, whether there is more of it.</summary>
    public static void WriteTo<T>(this Grid grid, Invocation call, Page<T> page)
    {
        grid.WriteTo(call.Console);
        if (page.Next is { } next) call.Host.Error.WriteLine($"There are more: --after {next}");
    }
}
