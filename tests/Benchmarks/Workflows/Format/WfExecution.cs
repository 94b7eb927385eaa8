using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Workflows.Format;

/// <summary>How a workflow ran: of each task its seconds and cores, the cores of each machine, and the whole.</summary>
internal sealed record WfExecution(double[] Runtimes, double[] Cores, ImmutableArray<double> Machines, double? PublishedSeconds)
{
    private const double StandardCores = 1;

    /// <param name="execution">The format lets it be missing, and so most of what is in it.</param>
    /// <param name="notes">Told what is missing, and what is taken instead.</param>
    public static WfExecution Read(WfValue? execution, WfSpecification tasks, List<string> notes)
    {
        var (runtimes, cores) = (new double?[tasks.Items.Length], new double?[tasks.Items.Length]);
        if (execution is { } run)
            ReadTasks(run, tasks, runtimes, cores, notes);
        Note(notes, runtimes.Count(runtime => runtime is null), "no runtime recorded", "0 s is taken");
        Note(notes, cores.Count(count => count is null), "no cores recorded", "1 is taken");
        return new WfExecution(
            [.. runtimes.Select(runtime => runtime ?? 0)],
            [.. cores.Select(count => count ?? StandardCores)],
            execution is { } known ? [.. MachinesOf(known, notes)] : [],
            execution?.Number("makespanInSeconds", 0));
    }

    private static void ReadTasks(WfValue execution, WfSpecification tasks, double?[] runtimes, double?[] cores, List<string> notes)
    {
        var (seen, unknown) = (new HashSet<int>(), 0);
        foreach (var task in execution.Elements("tasks"))
        {
            var before = task.Faults.Count;
            var id = task.Text("id") ?? task.Text("name");
            if (id is null)
            {
                if (task.Faults.Count == before)
                    task.Fault("expected 'id'");
            }
            else if (tasks.Find(id) is not { } index)
            {
                unknown++;
            }
            else if (!seen.Add(index))
            {
                task.Fault($"'{id}' was recorded before");
            }
            else
            {
                runtimes[index] = task.Number("runtimeInSeconds", 0);
                cores[index] = task.Number("coreCount", 0) is > 0 and var count ? count : null;
            }
        }

        Note(notes, unknown, "a record but no place among the tasks", "left out");
    }

    private static IEnumerable<double> MachinesOf(WfValue execution, List<string> notes)
    {
        var without = 0;
        foreach (var machine in execution.Elements("machines"))
        {
            if (machine.Member("cpu")?.Number("coreCount", 1) is { } cores)
                yield return cores;
            else
                without++;
        }

        if (without > 0)
            notes.Add($"{without} machine{(without == 1 ? " has" : "s have")} no cores recorded: left out");
    }

    private static void Note(List<string> notes, int count, string what, string instead)
    {
        if (count > 0)
            notes.Add($"{count} task{(count == 1 ? " has" : "s have")} {what}: {instead}");
    }
}
