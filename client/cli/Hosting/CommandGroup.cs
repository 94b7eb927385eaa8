using System.CommandLine;

namespace OrleansCluster.Cli.Hosting;

/// <summary>A word that only gathers commands: <c>ocs job</c>.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string description, params ReadOnlySpan<Command> commands)
        : base(name, description)
    {
        foreach (var command in commands)
            Add(command);
    }
}
