using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Conflict;

/// <summary>The real placement, the real committer, schedulers and time of a discrete event simulation: no figure of it depends on the machine.</summary>
internal static class ConflictBenchmark
{
    public static ConflictResult Run(ConflictSettings settings, TextWriter output)
    {
        output.WriteLine(
            $"conflict: {settings.Nodes:N0} machines of 4 CPUs and 16 GB, batch jobs every {10.0 / settings.Load:G3} s of 100 tasks for 100 s, service jobs every {20.0 / settings.Load:G3} s of 10 tasks for 500 s, 1 CPU and 2 GB each, at random times with these means; strategy {settings.Strategy}; {settings.Hours} h a row");
        output.WriteLine(Machine.Description);
        output.WriteLine("SCHEDULERS  DECISION/TASK  DETECTION  COMMIT        CONFLICTS/JOB  BUSYNESS   JOBS  WAITING");
        var rows = ImmutableArray.CreateBuilder<ConflictRow>();
        foreach (var decision in settings.Decisions)
        {
            foreach (var schedulers in settings.Schedulers)
            {
                foreach (var (detection, mode) in Modes())
                {
                    var world = new ConflictWorld(settings, schedulers, decision, detection, mode);
                    rows.Add(world.Run());
                    output.WriteLine(Line(rows[^1]));
                }
            }
        }

        return new ConflictResult("conflict", settings.Nodes, settings.Hours, rows.ToImmutable());
    }

    private static IEnumerable<(ConflictDetection Detection, CommitMode Mode)> Modes() =>
        from detection in (ConflictDetection[])[ConflictDetection.Fine, ConflictDetection.Coarse]
        from mode in (CommitMode[])[CommitMode.Incremental, CommitMode.AllOrNothing]
        select (detection, mode);

    private static string Line(ConflictRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Schedulers,10}  {row.DecisionSeconds,11:F2} s  {row.Detection,-9}  {row.Commit,-12}  {row.ConflictFraction,13:F3}  {row.Busyness,8:F3}  {row.Jobs,5}  {row.Waiting,7}");
}
