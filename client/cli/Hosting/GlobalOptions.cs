using System.CommandLine;

namespace OrleansCluster.Cli.Hosting;

/// <summary>Options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public const string DefaultAddress = "http://127.0.0.1:7070";

    public GlobalOptions(CliHost host)
    {
        Address = new Option<string>("--address")
        {
            Description = "Root of the cluster's HTTP API (environment: OCS_ADDRESS)",
            HelpName = "URL",
            Recursive = true,
            DefaultValueFactory = _ => Known(host.Environment("OCS_ADDRESS")) ?? DefaultAddress,
        };
        Cluster = new Option<string>("--cluster")
        {
            Description = "Which cluster there (environment: OCS_CLUSTER)",
            HelpName = "NAME",
            Recursive = true,
            DefaultValueFactory = _ => Known(host.Environment("OCS_CLUSTER")) ?? "default",
        };
    }

    public Option<string> Address { get; }
    public Option<string> Cluster { get; }
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON: the API's own on stdout, problems (RFC 9457) on stderr",
        Recursive = true,
    };

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
