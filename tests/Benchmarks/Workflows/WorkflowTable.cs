using System.Globalization;

namespace OrleansCluster.Benchmarks.Workflows;

internal static class WorkflowTable
{
    private static readonly string[] _head = ["workflow", "tasks", "levels", "cores", "critical path", "best possible", "allowed", "makespan", "empty", "published", "published / k"];

    /// <summary>A column each, and a line below it that says how it ended.</summary>
    public static string Of(IReadOnlyList<WorkflowRow> rows)
    {
        List<string[]> lines = [_head, .. rows.Select(Cells)];
        var widths = Enumerable.Range(0, _head.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        return string.Join(Environment.NewLine, lines.Select(line => string.Join("  ", line.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))));
    }

    private static string[] Cells(WorkflowRow row) =>
    [
        row.File,
        Number(row.Tasks, 0),
        Number(row.Levels, 0),
        Number(row.Cores, 0),
        Seconds(row.CriticalPathSeconds),
        Seconds(row.LowerBoundSeconds),
        Seconds(row.AllowedSeconds),
        Seconds(row.MakespanSeconds) + (row.IsWithin ? "" : " !"),
        row.EmptySeconds is { } empty ? Seconds(empty) : "-",
        row.PublishedSeconds is { } published ? Number(published, 1) + " s" : "-",
        row.PublishedSeconds is { } whole ? Seconds(whole / row.K) : "-",
    ];

    private static string Seconds(double seconds) => Number(seconds, 2) + " s";

    private static string Number(double value, int digits) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);
}
