using System.CommandLine;
using System.Text.Json;
using OrleansCluster.Cli.Files;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Services;

/// <summary>Hands a service's file in: <c>ocs service create</c>, <c>ocs service update</c>, <c>ocs deploy</c>.</summary>
internal abstract class ServicePutCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The service, in YAML or JSON; - for stdin. Its form: ocs schema service" };
    private readonly Option<bool> _watch = ServiceArguments.Watch();
    private readonly PutMode _mode;

    protected ServicePutCommand(CliRun run, string name, string description, PutMode mode, params ReadOnlySpan<string> examples)
        : base(run, name, description, examples)
    {
        _mode = mode;
        Add(_file);
        Add(_watch);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var document = await InputFile.ReadAsync<ServiceSpec>(call.Get(_file), call.Host, cancellationToken);
        call.WhenInterrupted = "Interrupted before the cluster had answered. The same again is safe.";
        var service = await document.SendAsync(json => call.Client.Services.PutRawAsync(NameOf(json), json, _mode, cancellationToken));
        return await ServiceChange.TellAsync(call, service, call.Get(_watch), cancellationToken);
    }

    /// <summary>Also what is no name goes to the cluster, which tells of it with all other faults.</summary>
    private static string NameOf(JsonElement service) => service.GetProperty("name").GetString() is { Length: > 0 } name && name is not ("." or "..") ? name : "invalid";
}
