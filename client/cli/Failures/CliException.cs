using System.Collections.Immutable;
using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Files;

namespace OrleansCluster.Cli.Failures;

/// <summary>Ends a command with a failure that the user can do something about.</summary>
internal sealed class CliException(Failure failure) : Exception(failure.Title)
{
    public Failure Failure { get; } = failure;

    public static CliException Usage(string title) => new(new Failure
    {
        Type = "urn:ocs:problem:usage",
        Title = title,
        ExitCode = ExitCode.BadInput,
    });

    public static CliException Usage(ParseResult parsed) => new(new Failure
    {
        Type = "urn:ocs:problem:usage",
        Title = string.Join(" ", parsed.Errors.Select(error => error.Message).Distinct()),
        Detail = $"See: {PathOf(parsed)} --help",
        ExitCode = ExitCode.BadInput,
    });

    public static CliException Input(string title, ImmutableArray<LocatedFault> faults) => new(new Failure
    {
        Type = "urn:ocs:problem:invalid-file",
        Title = title,
        Faults = faults,
        ExitCode = ExitCode.BadInput,
    });

    private static string PathOf(ParseResult parsed)
    {
        var words = new Stack<string>();
        for (var symbol = parsed.CommandResult; symbol is not null; symbol = symbol.Parent as System.CommandLine.Parsing.CommandResult)
            words.Push(symbol.Command.Name);
        return string.Join(' ', words);
    }
}
