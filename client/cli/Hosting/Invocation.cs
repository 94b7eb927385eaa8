using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Output;
using OrleansCluster.Client;
using Spectre.Console;

namespace OrleansCluster.Cli.Hosting;

/// <summary>One run of one command: its arguments, the cluster, and where the output goes.</summary>
internal sealed class Invocation : IAsyncDisposable
{
    private readonly CliRun _run;
    private readonly ParseResult _parsed;
    private readonly ServiceProvider _services;

    public Invocation(CliRun run, ParseResult parsed)
    {
        _run = run;
        _parsed = parsed;
        Address = AddressOf(parsed.GetValue(run.Options.Address)!);
        IsJson = parsed.GetValue(run.Options.Json);
        Json = new JsonOutput(Host.Out);
        Console = Consoles.Create(Host);
        _services = CreateServices(run.Host, Address, parsed.GetValue(run.Options.Cluster)!);
        Client = _services.GetRequiredService<OrleansClusterClient>();
    }

    public CliHost Host => _run.Host;
    public Uri Address { get; }
    public bool IsJson { get; }
    public JsonOutput Json { get; }
    public IAnsiConsole Console { get; }
    public OrleansClusterClient Client { get; }
    public DateTimeOffset Now => Host.Time.GetUtcNow();

    /// <summary>What to tell a user who pressed Ctrl-C.</summary>
    public string WhenInterrupted { get; set; } = "Interrupted.";

    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    public T Get<T>(Argument<T> argument) => _parsed.GetRequiredValue(argument);

    /// <summary>How many words stand after <c>--</c>, where options are none of ours.</summary>
    public int WordsAfterDashes => _parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();

    public T? GetOptional<T>(Argument<T> argument) => _parsed.GetValue(argument);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw CliException.Usage($"--address '{text}' is no address; expected one such as {GlobalOptions.DefaultAddress}");

    private static ServiceProvider CreateServices(CliHost host, Uri address, string cluster)
    {
        var services = new ServiceCollection();
        services.AddSingleton(host.Time);
        services.AddSingleton(host.Keys);
        services.AddOrleansClusterClient(options =>
        {
            options.Address = address;
            options.Cluster = cluster;
        });

        // Only what fails is worth a line, and that is said by the command.
        services.RemoveAll<Microsoft.Extensions.Http.IHttpMessageHandlerBuilderFilter>();
        return services.BuildServiceProvider();
    }
}
