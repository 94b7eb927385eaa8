using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Definitions;

internal sealed class DefinitionShowCommand : CliCommand
{
    private readonly Argument<string> _name = new("FAMILY[:REVISION]") { Description = "The newest revision where none is given" };

    public DefinitionShowCommand(CliRun run)
        : base(run, "show", "Show a task definition", "ocs definition show web", "ocs definition show web:3 --json") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var (family, revision) = DefinitionName.Parse(call.Get(_name));
        var definition = await call.Client.TaskDefinitions.GetAsync(family, revision, cancellationToken);
        if (call.IsJson) call.Json.Write(definition);
        else Write(call, definition);
        return ExitCode.Ok;
    }

    private static void Write(Invocation call, TaskDefinition definition)
    {
        new Details()
            .Add("Definition", definition.Name)
            .Add("Registered", ShortTime.Exact(definition.RegisteredAt))
            .Add("Network", Output.Words.Of(definition.Network))
            .Add("On disconnect", Output.Words.Of(definition.OnDisconnect))
            .Add("Volumes", string.Join(", ", definition.Volumes.Select(volume => $"{volume.Name} ({volume.Host ?? volume.Named})")))
            .WriteTo(call.Console);
        foreach (var container in definition.Containers)
        {
            call.Host.Out.WriteLine();
            Write(call, container);
        }
    }

    private static void Write(Invocation call, ContainerSpec container) => new Details()
        .Add("Container", container.Name + (container.Essential ? "" : " (not essential)"))
        .Add("  Image", container.Image)
        .Add("  Entry point", Words(container.EntryPoint))
        .Add("  Command", Words(container.Command))
        .Add("  Claims", Amounts.All(container.Resources) + Extras.Wanted(new ExtraDemand { Gpu = container.Gpu, Amounts = container.Amounts }))
        .Add("  Waits for", string.Join(", ", container.DependsOn.Select(other => $"{other.Container} {Output.Words.Of(other.Condition)}")))
        .Add("  Environment", string.Join(' ', container.Environment.Select(entry => $"{entry.Key}={entry.Value}")))
        .Add("  Mounts", string.Join(", ", container.Mounts.Select(mount => $"{mount.Volume} at {mount.Path}{(mount.ReadOnly ? " read-only" : "")}")))
        .Add("  Ports", string.Join(", ", container.Ports.Select(port => $"{(port.IsDynamic() ? "any" : port.Host)} to {port.Container}/{Output.Words.Of(port.Protocol)}")))
        .WriteTo(call.Console);

    /// <summary>Of a script only its first line; all of it is in <c>--json</c>.</summary>
    private static string Words(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => word.AsSpan().TrimEnd().IndexOf('\n') is > 0 and var end ? $"{word[..end]} …" : word));
}
