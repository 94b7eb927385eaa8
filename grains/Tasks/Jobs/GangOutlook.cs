using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>
/// What follows for a gang from the states of its instances. All that have not ended are meant to be in one attempt: whoever is in an earlier one than another
/// ends it, and when all wait for a node in the same one, they are queued together. Pure: the same states always give the same.
/// </summary>
internal sealed record GangOutlook
{
    /// <summary>That they are to be in: the latest there is.</summary>
    public required int Attempt { get; init; }

    /// <summary>Those that have not ended.</summary>
    public required ImmutableArray<TaskReport> Left { get; init; }

    /// <summary>Of <see cref="Left"/>, those that are to end their attempt.</summary>
    public required ImmutableArray<TaskReport> Behind { get; init; }

    /// <summary>One that has failed for good: the others are to be stopped.</summary>
    public required TaskReport? Failed { get; init; }

    /// <summary>All of <see cref="Left"/> wait for their nodes, and can be placed together.</summary>
    public required bool Waits { get; init; }

    /// <param name="count">How many instances there are to be.</param>
    /// <param name="reports">Of those that have been started.</param>
    public static GangOutlook Of(int count, IReadOnlyCollection<TaskReport> reports)
    {
        ImmutableArray<TaskReport> left = [.. reports.Where(report => report.State != TaskState.Stopped).OrderBy(report => report.Index)];
        var attempt = left.Select(report => report.Attempt).DefaultIfEmpty().Max();
        ImmutableArray<TaskReport> behind = [.. left.Where(report => report.Attempt < attempt)];
        var failed = reports.Where(report => report is { State: TaskState.Stopped, Succeeded: false }).MinBy(report => report.Index);
        return new GangOutlook
        {
            Attempt = attempt,
            Left = left,
            Behind = behind,
            Failed = failed,
            Waits = failed is null && reports.Count == count && !left.IsEmpty && behind.IsEmpty && left.All(report => report.State == TaskState.Provisioning),
        };
    }
}
