using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansCluster.Tests.Properties.Lifecycle;

public sealed class JobGraphProperties
{
    private static readonly Gen<Run> _runs =
        from count in Gen.Choose(0, 12)
        from edges in Gen.ArrayOf(Gen.Choose(0, 3), count * count)
        from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
        from instances in Gen.ArrayOf(Gen.Choose(1, 3), count)
        from failures in Gen.Elements(0, 0, 10, 50)
        from stopAt in Gen.Choose(0, 200)
        from dice in Gen.ArrayOf(Gen.Choose(0, 9_999), 1 + count * 12)
        select new Run(Tasks(edges, order, instances), failures, stopAt, dice);

    [Fact]
    public void Plan_AnyOrderOfEvents_NeverStartsBeforeDependenciesSucceeded() => Check.ForAll(_runs, run =>
    {
        var simulation = new JobSimulation(run.Tasks, run.FailurePercent, run.StopAt, run.Dice);
        while (simulation.Step())
        {
            foreach (var task in simulation.Plan.Startable)
                Assert.All(run.Tasks[task].DependsOn, dependency => Assert.True(simulation.HasSucceeded(dependency), $"{run.Tasks[task].Name} would start before {dependency} succeeded"));
        }
    });

    [Fact]
    public void Plan_AnyGraph_ComesToAnEndWithEveryTaskAccountedFor() => Check.ForAll(_runs, run =>
    {
        var simulation = new JobSimulation(run.Tasks, run.FailurePercent, run.StopAt, run.Dice);
        var most = 10 + run.Tasks.Sum(task => task.Count) * 2;
        while (simulation.Step())
            Assert.True(simulation.Steps <= most, $"not ended after {most} steps");

        Assert.True(simulation.Plan.HasEnded);
        Assert.Empty(simulation.Plan.Startable);
        Assert.Equal(simulation.EveryInstanceSucceeded, simulation.Plan.HasSucceeded);
        for (var task = 0; task < run.Tasks.Length; task++)
            Assert.Equal(simulation.HasUnstarted(task), simulation.Plan.NeverStarting.Contains(task));
    });

    [Fact]
    public void Plan_NoFailuresAndNoStop_EndsWithSuccess() => Check.ForAll(_runs, run =>
    {
        var simulation = new JobSimulation(run.Tasks, failurePercent: 0, stopAt: int.MaxValue, run.Dice);
        while (simulation.Step())
            Assert.Empty(simulation.Plan.NeverStarting);

        Assert.Equal((true, true), (simulation.Plan.HasEnded, simulation.Plan.HasSucceeded));
    });

    /// <summary>Tasks depend on earlier ones only, so there is no circle; then they are written in another order.</summary>
    private static ImmutableArray<JobTaskSpec> Tasks(int[] edges, int[] order, int[] instances)
    {
        var count = order.Length;
        return [.. order.Select(task => new JobTaskSpec
        {
            Name = $"t{task}",
            Count = instances[task],
            DependsOn = [.. Enumerable.Range(0, task).Where(earlier => edges[task * count + earlier] == 0).Select(earlier => $"t{earlier}")],
        })];
    }

    private sealed record Run(ImmutableArray<JobTaskSpec> Tasks, int FailurePercent, int StopAt, int[] Dice)
    {
        public override string ToString() =>
            $"{string.Join("; ", Tasks.Select(task => $"{task.Name}×{task.Count} after [{string.Join(' ', task.DependsOn)}]"))}; {FailurePercent}% fail, stop at {StopAt}, dice {string.Join(' ', Dice)}";
    }
}
