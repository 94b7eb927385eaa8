using System.Text;
using OrleansCluster.Cli.Output;
using OrleansCluster.Client;

namespace OrleansCluster.Cli.Hosting;

/// <summary>What the command line stands on: the process it runs in, or a test.</summary>
internal sealed record CliHost
{
    public const int DefaultWidth = 80;

    public required TextReader In { get; init; }
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal, which takes colours and moving bars.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public required int Width { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }
    public required TimeProvider Time { get; init; }
    public required IIdempotencyKeySource Keys { get; init; }

    public static CliHost OfThisProcess()
    {
        // Without a byte order mark: what is piped on is read by programs.
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = encoding;
        var isInteractive = !Console.IsOutputRedirected && System.Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new CliHost
        {
            In = Console.In,
            Out = StandardOutput.Open(encoding),
            Error = Console.Error,
            IsInteractive = isInteractive,
            Width = isInteractive && Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth,
            Environment = System.Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Keys = new RandomIdempotencyKeySource(),
        };
    }
}
