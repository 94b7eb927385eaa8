using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OrleansCluster.Mutations;

/// <summary>Runs other programs; none outlives its caller's wish.</summary>
internal static class Child
{
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds what it said.</exception>
    public static async Task<string> Output(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, []);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:{Environment.NewLine}{output}{await errors}");
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>The lines that it writes, until it ends or the caller wants no more.</summary>
    public static async IAsyncEnumerable<string> Lines(
        string program, IEnumerable<string> arguments, (string Name, string Value)[] environment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, environment);
        try
        {
            process.ErrorDataReceived += (_, line) => { };
            process.BeginErrorReadLine();
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
                yield return line;
        }
        finally
        {
            End(process);
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        process.StandardInput.Close();
        return process;
    }

    private static void End(Process process)
    {
        if (process.HasExited)
            return;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }
}
