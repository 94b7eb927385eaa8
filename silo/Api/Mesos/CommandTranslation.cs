using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>What a task runs, as Mesos's <c>CommandInfo</c> says it.</summary>
internal static class CommandTranslation
{
    /// <summary>What of it cannot be had here; <see langword="null"/> where all can.</summary>
    public static string? FaultOf(MesosValue command)
    {
        if (!command["uris"].Items.IsEmpty)
            return "command.uris are not supported: nothing is fetched into a sandbox; bring files by the image or by a volume";
        if (IsShell(command) && command["value"].Text is null)
            return "command.value is missing, and command.shell is true";
        return command["environment"]["variables"].Items.Any(variable => variable["type"].Text == "SECRET") ? "secrets in command.environment are not supported" : null;
    }

    public static ImmutableSortedDictionary<string, string> EnvironmentOf(MesosValue command)
    {
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var variable in command["environment"]["variables"].Items)
            environment[variable["name"].Text ?? ""] = variable["value"].Text ?? "";
        return environment.ToImmutable();
    }

    /// <summary>
    /// With a shell, its value is a script. Without, Docker containers are handed its value and arguments as the image's command; elsewhere its value is the program, and the first
    /// argument the name by which the program is told of itself, which no container runtime passes on.
    /// </summary>
    public static ContainerSpec Apply(ContainerSpec container, MesosValue command, bool isDocker)
    {
        if (!command.IsThere)
            return container;
        ImmutableArray<string> arguments = [.. command["arguments"].Items.Select(argument => argument.Text ?? "")];
        container = container with { Environment = EnvironmentOf(command), User = command["user"].Text };
        if (IsShell(command))
            return container with { EntryPoint = ["/bin/sh"], Command = ["-c", command["value"].Text ?? ""] };
        if (command["value"].Text is not { } program)
            return container with { Command = arguments };
        return isDocker ? container with { Command = [program, .. arguments] } : container with { EntryPoint = [program], Command = [.. arguments.Skip(1)] };
    }

    /// <summary>Of Mesos's default, a script, there is nothing where a container brings a command of its own.</summary>
    public static bool IsShell(MesosValue command) => command["shell"].Flag ?? true;
}
