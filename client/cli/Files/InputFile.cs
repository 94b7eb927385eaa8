using System.Text.Json;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Client;
using OrleansCluster.Files;

namespace OrleansCluster.Cli.Files;

/// <summary>What a command was handed: a file or, for <c>-</c>, stdin.</summary>
internal static class InputFile
{
    /// <summary>Reads and checks it; whatever can be found wrong without the cluster is reported at once, with lines.</summary>
    /// <typeparam name="T">What it should describe.</typeparam>
    public static async Task<SourceDocument> ReadAsync<T>(string path, CliHost host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return path == "-"
                ? SourceFile.Parse<T>("<stdin>", await host.In.ReadToEndAsync(cancellationToken))
                : SourceFile.Open<T>(path);
        }
        catch (SourceFileException exception)
        {
            throw CliException.Input($"{exception.Title}; nothing has changed.", exception.Faults);
        }
    }

    /// <summary>Hands it to the cluster; what the cluster refuses is told with lines.</summary>
    public static async Task<T> SendAsync<T>(this SourceDocument document, Func<JsonElement, Task<T>> send)
    {
        try
        {
            return await send(document.Root);
        }
        catch (ClusterApiException refusal)
        {
            throw document.Refused(refusal);
        }
    }

    /// <summary>Makes the cluster's refusal one that names lines.</summary>
    private static CliException Refused(this SourceDocument document, ClusterApiException refusal) => new(Failure.Of(refusal, document.Map.Locate));
}
