using System.Diagnostics;
using System.Reflection;

namespace OrleansCluster.Tests.Docker.Images;

/// <summary>What users type, in the root of the tree, on the daemon that is tested with.</summary>
internal static class Script
{
    /// <summary>The first image of all takes a minute or two, by Debian's mirror.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(8);

    /// <summary>Of the tree.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Which of the scripts' programs are those that these tests were built with.</summary>
    public static string Engine { get; } = Metadata("Engine");

    /// <summary>Runs it with the functions of <c>infra/lib/docker.sh</c>, and returns what it wrote to its standard output.</summary>
    /// <param name="arguments">Its <c>$1</c>, <c>$2</c> …</param>
    public static async Task<string> Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"source infra/lib/docker.sh\n{script}", "test", .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOCKER_HOST"] = Daemon.Options.Endpoint.Text;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{script}' did not end within {_patience}; it wrote:\n{await output}{await error}");
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"'{script}' ended with {process.ExitCode}; it wrote:\n{await output}{await error}");
    }

    private static string Metadata(string name) => typeof(Script).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrleansCluster.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds OrleansCluster.sln: run these tests from a working tree.");
    }
}
