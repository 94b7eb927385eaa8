using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>
/// Reads a container's command: <c>sleep SECONDS</c>, <c>exit CODE</c>, <c>exit CODE before ATTEMPT</c>, <c>true</c>, <c>false</c>, <c>echo TEXT</c>, <c>oom</c>,
/// <c>trap '' TERM</c>, <c>unhealthy</c> and <c>healthy</c> (from then on health checks fail, or succeed, as they do at first), <c>use MILLICORES MEBIBYTES</c> (from then on), <c>count DIRECTORY TO SECONDS</c> (goes on from the number in the directory's file <c>count</c>), or
/// <c>sh -c "…"</c> with several of these and <c>;</c> or new lines between them, and comments. Anything else runs for 100 ms and succeeds.
/// </summary>
internal static class SimulatedProgram
{
    private static readonly SimulatedOperation _work = new SimulatedOperation.Sleep(TimeSpan.FromMilliseconds(100));
    private static readonly char[] _quotes = ['"', '\''];

    public static ImmutableArray<SimulatedOperation> Parse(ContainerSpec spec)
    {
        ImmutableArray<string> words = [.. spec.EntryPoint, .. spec.Command];
        return words is ["sh" or "/bin/sh", "-c", var script, ..]
            ? [.. script.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith('#')).SelectMany(line => ParseLine(line.Split(' ')))]
            : ParseLine([.. words]);
    }

    private static ImmutableArray<SimulatedOperation> ParseLine(string[] words) => words switch
    {
        ["sleep", var time] when IsSeconds(time, out var duration) => [new SimulatedOperation.Sleep(duration)],
        ["exit", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => [new SimulatedOperation.Exit(code & 0xff)],
        ["exit", var text, "before", var attempt] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var before) => [new SimulatedOperation.Exit(code & 0xff, before)],
        ["true"] => [],
        ["false"] => [new SimulatedOperation.Exit(1)],
        ["echo", .. var rest] => [new SimulatedOperation.Print(string.Join(' ', rest).Trim(_quotes))],
        ["count", var directory, var to, var every] when int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && IsSeconds(every, out var period) =>
            [new SimulatedOperation.Count(directory, last, period)],
        ["trap", "''", "TERM"] => [new SimulatedOperation.IgnoreStop()],
        ["healthy"] => [new SimulatedOperation.BeWell(true)],
        ["unhealthy"] => [new SimulatedOperation.BeWell(false)],
        ["use", var cpu, var memory] when int.TryParse(cpu, NumberStyles.None, CultureInfo.InvariantCulture, out var millicores)
            && int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) => [new SimulatedOperation.Use(new SimulatedUse(millicores, mebibytes))],
        ["oom"] => [_work, new SimulatedOperation.ExhaustMemory()],
        _ => [_work],
    };

    private static bool IsSeconds(string text, out TimeSpan duration)
    {
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= int.MaxValue;
        duration = isNumber ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return isNumber;
    }
}
