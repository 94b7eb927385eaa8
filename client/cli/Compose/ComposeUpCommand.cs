using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using OrleansCluster.Cli.Failures;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Services;
using OrleansCluster.Client;
using OrleansCluster.Files.Compose;

namespace OrleansCluster.Cli.Compose;

internal sealed class ComposeUpCommand : CliCommand
{
    private readonly ComposeInput _input;
    private readonly Option<bool> _watch = new("--watch") { Description = "Go on to follow their deployments, one after the other; exit code 1 unless all were completed" };

    public ComposeUpCommand(CliRun run)
        : base(
            run, "up", "Make or change a service for each one of a Compose file; the same again changes nothing",
            "ocs compose up compose.yaml --watch",
            "ocs compose up compose.yaml --project shop     (services shop-web, shop-db …)")
    {
        _input = new ComposeInput(this);
        Add(_watch);
    }

    public override IReadOnlyList<string> Remarks =>
    [
        "Of Compose: image, command, entrypoint, environment, ports (HOST:CONTAINER), volumes (host paths), working_dir, user, stop_grace_period, restart: always,",
        $"deploy.replicas, deploy.resources.limits (where they are not given, {ComposeServiceReader.StandardCpu} millicores and {ComposeServiceReader.StandardMemory} MiB); labels, logging, hostname and tty mean nothing here. All else is refused.",
        "",
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var file = await _input.ReadAsync(call, cancellationToken);
        call.WhenInterrupted = "Interrupted before the cluster had answered. The same again is safe.";
        var services = await PutAsync(call, file, cancellationToken);
        var code = ExitCode.Ok;
        foreach (var service in services)
            code = Math.Max(code, await ServiceChange.TellAsync(call, service, call.Get(_watch), cancellationToken));
        return code;
    }

    /// <summary>All of them, and then what was refused of any.</summary>
    private static async Task<ImmutableArray<ServiceView>> PutAsync(Invocation call, ComposeFile file, CancellationToken cancellationToken)
    {
        var put = ImmutableArray.CreateBuilder<ServiceView>();
        var failures = new List<Failure>();
        foreach (var service in file.Services)
        {
            try
            {
                put.Add(await call.Client.Services.PutRawAsync(service.Spec.Name, JsonSerializer.SerializeToElement(service.Spec, ClusterJson.Options), PutMode.Any, cancellationToken));
            }
            catch (ClusterApiException refusal) when (refusal.Status < 500)
            {
                var failure = Failure.Of(refusal, fault => file.Map.Locate(service.InFile(fault)));
                failures.Add(failure.Faults.IsEmpty ? failure with { Faults = [file.Map.Locate(new Fault(service.Path, refusal.Detail ?? refusal.Title))] } : failure);
            }
        }

        return failures.Count == 0 ? put.ToImmutable() : throw new CliException(failures[0] with
        {
            Detail = put.Count == 0 ? "Nothing has changed." : $"Not refused, and made or changed: {string.Join(", ", put.Select(service => service.Spec.Name))}.",
            Faults = [.. failures.SelectMany(failure => failure.Faults)],
        });
    }
}
