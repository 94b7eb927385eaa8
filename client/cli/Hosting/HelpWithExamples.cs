using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OrleansCluster.Cli.Hosting;

/// <summary>The usual help, then examples and exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        foreach (var remark in (command as CliCommand)?.Remarks ?? [])
            output.WriteLine(remark);
        WriteExamples(command, output);
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in (command as CliCommand)?.ExitCodes ?? ExitCode.All)
            output.WriteLine($"  {code,-4} {meaning}");
        return ExitCode.Ok;
    }

    private static void WriteExamples(Command command, TextWriter output)
    {
        var examples = Leaves(command).SelectMany(leaf => command is CliCommand ? leaf.Examples : leaf.Examples.Take(1)).ToList();
        if (examples.Count == 0) return;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
    }

    private static IEnumerable<CliCommand> Leaves(Command command) =>
        command is CliCommand leaf ? [leaf] : command.Subcommands.SelectMany(Leaves);
}
