using System.Collections.Immutable;

namespace OrleansCluster.Cli.Runs;

/// <summary>What a user wants run once: an image, or a registered definition with changes.</summary>
/// <param name="Cpu">Millicores; <see langword="null"/> for the standard, or what the definition has.</param>
/// <param name="Memory">MiB, likewise.</param>
internal sealed record RunRequest(
    string Name,
    string? Image,
    string? Definition,
    ImmutableArray<string> Command,
    ImmutableSortedDictionary<string, string> Environment,
    int? Cpu,
    int? Memory,
    int Count,
    string Team,
    int Priority)
{
    /// <summary>The one task of the job.</summary>
    public const string Task = "main";

    /// <summary>Its one container, where it has no definition.</summary>
    public const string Container = "main";
    public const int StandardCpu = 100;
    public const int StandardMemory = 64;

    /// <param name="container">Of the definition: the one that the changes are for.</param>
    public JobSpec ToJob(string container) => new()
    {
        Name = Name,
        Team = Team,
        Priority = Priority,
        Tasks = [Definition is null ? OfImage() : OfDefinition(container)],
    };

    private JobTaskSpec OfImage() => new()
    {
        Name = Task,
        Count = Count,
        Containers =
        [
            new ContainerSpec
            {
                Name = Container,
                Image = Image!,
                Command = Command,
                Environment = Environment,
                Resources = new Resources(Cpu ?? StandardCpu, Memory ?? StandardMemory, 0),
            },
        ],
    };

    private JobTaskSpec OfDefinition(string container)
    {
        var change = new ContainerOverride { Name = container, Command = Command, Environment = Environment, Cpu = Cpu, Memory = Memory };
        var changes = !Command.IsEmpty || !Environment.IsEmpty || Cpu is not null || Memory is not null;
        return new JobTaskSpec { Name = Task, Count = Count, Definition = Definition, Overrides = changes ? [change] : [] };
    }
}
