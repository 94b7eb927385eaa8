using OrleansCluster.Cli.Hosting;
using Spectre.Console;

namespace OrleansCluster.Cli.Output;

internal static class Consoles
{
    /// <summary>A row stays one line where no terminal sets a width, so that grep and awk can read it.</summary>
    private const int Unlimited = 4096;

    public static IAnsiConsole Create(CliHost host)
    {
        var hasColors = host.IsInteractive && string.IsNullOrEmpty(host.Environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = host.IsInteractive ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = host.IsInteractive ? InteractionSupport.Yes : InteractionSupport.No,
            ColorSystem = hasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(host.IsInteractive ? host.Out : new TrimmingWriter(host.Out)),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = host.IsInteractive ? host.Width : Unlimited;
        return console;
    }
}
