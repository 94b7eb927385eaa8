using System.Collections.Immutable;

namespace OrleansCluster.Benchmarks.Workflows;

/// <summary>What no cluster can beat, in the seconds that were recorded.</summary>
/// <param name="Levels">Tasks on the longest chain.</param>
/// <param name="CriticalPathSeconds">Of the chain that takes longest.</param>
/// <param name="CoreSeconds">Of all tasks together.</param>
internal sealed record WorkflowShape(int Levels, double CriticalPathSeconds, double CoreSeconds)
{
    public static WorkflowShape Of(ImmutableArray<WorkflowTask> tasks)
    {
        var (levels, ends) = (new int[tasks.Length], new double[tasks.Length]);
        foreach (var index in Order(tasks))
        {
            var task = tasks[index];
            levels[index] = 1 + task.Parents.Select(parent => levels[parent]).DefaultIfEmpty().Max();
            ends[index] = task.RuntimeSeconds + task.Parents.Select(parent => ends[parent]).DefaultIfEmpty().Max();
        }

        return new WorkflowShape(levels.Max(), ends.Max(), tasks.Sum(task => task.RuntimeSeconds * task.Cores));
    }

    /// <summary>The best that this many cores can do, if nothing else takes time: no less than the critical path, and no less than the work dealt out evenly.</summary>
    public double LowerBoundSeconds(double cores) => Math.Max(CriticalPathSeconds, CoreSeconds / cores);

    /// <summary>Every task after its parents.</summary>
    private static List<int> Order(ImmutableArray<WorkflowTask> tasks)
    {
        var missing = tasks.Select(task => task.Parents.Length).ToArray();
        var children = new List<int>[tasks.Length];
        for (var index = 0; index < tasks.Length; index++)
            children[index] = [];
        for (var index = 0; index < tasks.Length; index++)
        {
            foreach (var parent in tasks[index].Parents)
                children[parent].Add(index);
        }

        var order = new List<int>(Enumerable.Range(0, tasks.Length).Where(index => missing[index] == 0));
        for (var next = 0; next < order.Count; next++)
            order.AddRange(children[order[next]].Where(child => --missing[child] == 0));
        return order;
    }
}
