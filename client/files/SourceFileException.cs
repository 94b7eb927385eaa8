using System.Collections.Immutable;

namespace OrleansCluster.Files;

/// <summary>A file cannot be read, or does not say what it should. The message has a line for each fault: file, line, column, and what was expected there.</summary>
public sealed class SourceFileException : Exception
{
    internal SourceFileException(string title, ImmutableArray<LocatedFault> faults)
        : base(string.Join(Environment.NewLine, [title, .. faults.Select(fault => fault.Text)]))
    {
        Title = title;
        Faults = faults;
    }

    /// <summary>What the faults come to: <c>job.yaml has 2 faults</c>.</summary>
    public string Title { get; }

    /// <summary>All that could be found, in the order of the file; at least one.</summary>
    public ImmutableArray<LocatedFault> Faults { get; }

    internal static SourceFileException Of(string file, ImmutableArray<LocatedFault> faults) =>
        new($"{file} has {faults.Length} fault{(faults.Length == 1 ? "" : "s")}", faults);

    /// <summary>Nothing of it was understood.</summary>
    internal static SourceFileException Unreadable(string file, string why) =>
        new($"{file} cannot be read", [new LocatedFault { Path = "", Message = why, File = file }]);
}
