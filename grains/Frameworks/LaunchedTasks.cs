using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Jobs;
using StableHash = OrleansCluster.Grains.Scheduling.StableHash;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>
/// The tasks of a launch as a job would have them, so that the same rules hold for them. Those that are alike are one there, with one definition of its content's name: a framework that
/// starts the same again and again registers it once.
/// </summary>
internal sealed class LaunchedTasks
{
    private readonly ImmutableArray<string> _names;
    private readonly List<int> _first = [];

    public LaunchedTasks(FrameworkLaunch launch, FrameworkSpec spec)
    {
        _names = [.. launch.Tasks.Select(NameOf)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _names.Length; i++)
        {
            if (seen.Add(_names[i]))
                _first.Add(i);
        }

        Job = new JobSpec
        {
            Name = spec.Name,
            Team = spec.Team,
            Priority = spec.Priority,
            Tasks = [.. _first.Select(i => ToJobTask(launch.Tasks[i], _names[i]))],
        };
    }

    public JobSpec Job { get; }

    /// <summary>Where in the launch it is what the job has a fault in.</summary>
    public Fault ToLaunch(Fault fault) => Renumber(fault, _first);

    /// <summary>What a part of the job's tasks has a fault in, in the whole.</summary>
    public Fault ToJob(Fault fault, JobSpec part) => Renumber(fault, [.. part.Tasks.Select(task => Job.Tasks.IndexOf(task))]);

    /// <param name="numbers">Of each task, where it stands in the other list.</param>
    private static Fault Renumber(Fault fault, IReadOnlyList<int> numbers)
    {
        const string tasks = "/tasks/";
        if (!fault.Path.StartsWith(tasks, StringComparison.Ordinal))
            return fault;
        var rest = fault.Path[tasks.Length..];
        var end = rest.IndexOf('/') is var slash && slash < 0 ? rest.Length : slash;
        return int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < numbers.Count
            ? fault with { Path = string.Create(CultureInfo.InvariantCulture, $"{tasks}{numbers[i]}{rest[end..]}") }
            : fault;
    }

    /// <summary>Of each task of the launch, in its order.</summary>
    public ImmutableArray<ResolvedTask> ToLaunch(ImmutableArray<ResolvedTask> resolved)
    {
        var byName = resolved.ToDictionary(task => task.Name, StringComparer.Ordinal);
        return [.. _names.Select(name => byName[name])];
    }

    private static string NameOf(FrameworkTask task) =>
        string.Create(CultureInfo.InvariantCulture, $"t{StableHash.Of(StoreJson.ContentOf((task with { Name = "", Node = "", NodeETag = 0 })))}");

    private static JobTaskSpec ToJobTask(FrameworkTask task, string name) => new()
    {
        Name = name,
        Definition = task.Definition,
        Containers = task.Containers,
        Volumes = task.Volumes,
        Network = task.Network,
    };
}
