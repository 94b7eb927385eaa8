using System.CommandLine;

namespace OrleansCluster.Cli.Hosting;

/// <summary>A command that does something, with examples for its help.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(CliRun run, string name, string description, params ReadOnlySpan<string> examples)
        : base(name, description)
    {
        Examples = [.. examples];
        SetAction(async (parsed, cancellationToken) =>
        {
            await using var call = new Invocation(run, parsed);
            try
            {
                return await RunAsync(call, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw new InterruptedException(call.WhenInterrupted);
            }
        });
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>For its help.</summary>
    public virtual IReadOnlyList<(int Code, string Meaning)> ExitCodes => ExitCode.All;

    /// <summary>More for its help.</summary>
    public virtual IReadOnlyList<string> Remarks => [];

    /// <summary>What the command ends with when it fails.</summary>
    /// <param name="code">What others end with.</param>
    public virtual int WhenFailed(int code) => code;

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(Invocation call, CancellationToken cancellationToken);
}
