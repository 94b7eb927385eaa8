using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Tasks.Lifecycle;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Properties.Validation;

public sealed class DependencyProperties
{
    private static readonly Gen<bool[,]> _graphs =
        from count in Gen.Choose(1, 9)
        from density in Gen.Choose(1, 6)
        from edges in Gen.ArrayOf(Gen.Choose(0, density), count * count)
        select Matrix(count, edges);

    [Fact]
    public void Validate_AnyGraph_FindsACircleExactlyWhereThereIsOne() => Check.ForAll(_graphs, graph =>
    {
        var circles = Validate(graph).Where(fault => fault.Message.Contains("circle", StringComparison.Ordinal)).ToList();

        Assert.Equal(HasCircle(graph), circles.Count > 0);
        Assert.All(circles, fault => AssertIsCircle(graph, fault.Message));
    });

    [Fact]
    public void Validate_GraphWithoutFaults_CanBePlanned() => Check.ForAll(_graphs, graph =>
    {
        if (Validate(graph).IsEmpty)
            Assert.Equal(graph.GetLength(0) > 0, JobGraph.Of(Job(graph).Tasks).Plan([.. Job(graph).Tasks.Select(task => new TaskProgress(1, 0, 0, 0))], false).Startable.Length > 0);
    });

    private static System.Collections.Immutable.ImmutableArray<Fault> Validate(bool[,] graph) => JobValidator.Validate(Job(graph));

    private static JobSpec Job(bool[,] graph) => new()
    {
        Name = "job",
        Tasks = [.. Range(graph).Select(task => new JobTaskSpec
        {
            Name = $"t{task}",
            Definition = "web",
            DependsOn = [.. Range(graph).Where(other => graph[task, other]).Select(other => $"t{other}")],
        })],
    };

    private static void AssertIsCircle(bool[,] graph, string message)
    {
        var tasks = message[(message.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('→', StringSplitOptions.TrimEntries).Select(name => int.Parse(name.AsSpan(1))).ToList();
        Assert.Equal(tasks[0], tasks[^1]);
        Assert.Equal(tasks.Count - 1, tasks.Distinct().Count());
        for (var i = 1; i < tasks.Count; i++)
            Assert.True(graph[tasks[i - 1], tasks[i]], $"t{tasks[i - 1]} does not depend on t{tasks[i]}");
    }

    /// <summary>By transitive closure (Warshall): another way than the one tested.</summary>
    private static bool HasCircle(bool[,] graph)
    {
        var reaches = (bool[,])graph.Clone();
        foreach (var via in Range(graph))
        {
            foreach (var from in Range(graph))
            {
                foreach (var to in Range(graph))
                    reaches[from, to] |= reaches[from, via] && reaches[via, to];
            }
        }

        return Range(graph).Any(task => reaches[task, task]);
    }

    private static IEnumerable<int> Range(bool[,] graph) => Enumerable.Range(0, graph.GetLength(0));

    /// <summary>Without edges from a task to itself, which are another fault.</summary>
    private static bool[,] Matrix(int count, int[] edges)
    {
        var matrix = new bool[count, count];
        for (var i = 0; i < edges.Length; i++)
            matrix[i / count, i % count] = edges[i] == 1 && i / count != i % count;
        return matrix;
    }
}
