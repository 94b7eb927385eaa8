using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Properties.Placement.Gpus;

public sealed class GpuPlacementProperties
{
    private static readonly Gen<(GpuCase Case, GpuStrategy Strategy)> _casesOfAnyStrategy =
        from c in GenerateGpu.Cases
        from strategy in Gen.Elements(GpuStrategy.Random, GpuStrategy.BestFit, GpuStrategy.Fgd)
        select (c, strategy);

    [Fact]
    public void Decide_AnyStrategy_PlacesWhereBruteForceFindsANodeAndNeverOverCommits() => Check.ForAll(_casesOfAnyStrategy, each =>
    {
        var model = each.Case.Model;
        var placer = new GpuPlacer(each.Case.Arrays, each.Strategy, each.Case.Workload);
        foreach (var (demand, seed) in each.Case.Arrivals)
        {
            var decision = placer.Decide(demand, seed);
            Assert.Equal(model.Any(node => node.Fits(demand)), decision.IsPlaced);
            if (!decision.IsPlaced)
                continue;
            Assert.True(model[decision.Node].Fits(demand), $"node {decision.Node} does not fit {demand}");
            model[decision.Node].Take(demand, decision.Devices);
        }
    });

    [Fact]
    public void Decide_WholeDevices_AreNeverOnesThatOthersShare() => Check.ForAll(_casesOfAnyStrategy, each =>
    {
        var arrays = each.Case.Arrays;
        var placer = new GpuPlacer(arrays, each.Strategy, each.Case.Workload);
        var shared = new HashSet<(int Node, int Device)>();
        var whole = new HashSet<(int Node, int Device)>();
        foreach (var (demand, seed) in each.Case.Arrivals)
        {
            var decision = placer.Decide(demand, seed);
            foreach (var device in Enumerable.Range(0, 64).Where(device => (decision.Devices >> device & 1) == 1))
                Assert.True(demand.IsShared ? shared.Add((decision.Node, device)) | true : whole.Add((decision.Node, device)));
        }

        Assert.Empty(shared.Intersect(whole));
    });

    [Fact]
    public void Take_AnyDecisions_LeavesWhatPlainBookkeepingLeaves() => Check.ForAll(_casesOfAnyStrategy, each =>
    {
        var (arrays, model) = (each.Case.Arrays, each.Case.Model);
        var placer = new GpuPlacer(arrays, each.Strategy, each.Case.Workload);
        foreach (var (demand, seed) in each.Case.Arrivals)
        {
            if (placer.Decide(demand, seed) is { IsPlaced: true } decision)
                model[decision.Node].Take(demand, decision.Devices);
        }

        for (var node = 0; node < model.Count; node++)
        {
            Assert.Equal((model[node].Cpu, model[node].Memory, model[node].Devices.Sum()), (arrays.FreeCpu[node], arrays.FreeMemory[node], arrays.FreeGpu[node]));
            Assert.Equal(model[node].Devices, arrays.DevicesOf(node).ToArray());
            Assert.All(each.Case.Demands, demand => Assert.Equal(model[node].Fits(demand), GpuFeasibility.Check(arrays, node, demand) is null));
        }
    });

    [Fact]
    public void Decide_FgdWithMemo_IsWhatWorkingEverythingOutGives() => Check.ForAll(GenerateGpu.Cases, c =>
    {
        var (arrays, model) = (c.Arrays, c.Model);
        var placer = new GpuPlacer(arrays, GpuStrategy.Fgd, c.Workload);
        foreach (var (demand, seed) in c.Arrivals)
        {
            var best = Enumerable.Range(0, model.Count)
                .Where(node => model[node].Fits(demand))
                .Select(node => (Node: node, Increase: model[node].Increase(c.Workload, demand)))
                .OrderByDescending(choice => GpuScore.OfIncrease(c.Workload, choice.Increase.Amount))
                .ThenBy(choice => GpuScore.OfRest(arrays, choice.Node))
                .Select(choice => new GpuDecision(choice.Node, choice.Increase.Devices))
                .FirstOrDefault(GpuDecision.None);
            var decision = placer.Decide(demand, seed);
            Assert.Equal(best, decision);
            if (decision.IsPlaced)
                model[decision.Node].Take(demand, decision.Devices);
        }
    });

    [Fact]
    public void Decide_OnACopy_LeavesTheOriginalAndDecidesTheSame() => Check.ForAll(_casesOfAnyStrategy, each =>
    {
        var arrays = each.Case.Arrays;
        var first = Decide(each.Case, arrays.Copy(), each.Strategy);

        Assert.Equal(first, Decide(each.Case, arrays.Copy(), each.Strategy));
        Assert.Equal(first, Decide(each.Case, arrays, each.Strategy));
    });

    private static List<GpuDecision> Decide(GpuCase c, GpuArrays arrays, GpuStrategy strategy)
    {
        var placer = new GpuPlacer(arrays, strategy, c.Workload);
        return [.. c.Arrivals.Select(arrival => placer.Decide(arrival.Demand, arrival.Seed))];
    }
}
