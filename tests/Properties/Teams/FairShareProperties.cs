using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Tests.Properties.Teams;

/// <summary>
/// What the DRF paper proves of divisible tasks, of our progressive filling with whole ones: it can be off by some tasks, which is a small part of capacities
/// thousands of times as large.
/// </summary>
public sealed class FairShareProperties
{
    private const double Tolerance = 0.03;

    private static Gen<FairCase> Cases { get; } =
        from teams in Gen.Choose(2, 4)
        from cpu in Gen.Choose(4000, 12_000)
        from memory in Gen.Choose(4000, 12_000)
        from demands in Gen.ArrayOf(Demand, teams)
        from lies in Gen.ArrayOf(Demand, teams)
        select new FairCase(new ResourceTotals(cpu, memory, 0, 0), [.. demands], [.. lies]);

    private static Gen<ResourceTotals> Demand { get; } =
        from cpu in Gen.Choose(1, 20)
        from memory in Gen.Choose(1, 20)
        select new ResourceTotals(cpu, memory, 0, 0);

    [Fact]
    public void Fill_Anybody_GetsAtLeastWhatAnEqualPartOfTheClusterWouldGive() => Check.ForAll(Cases, c =>
    {
        var tasks = Fill(c.Capacity, c.Demands);
        for (var i = 0; i < tasks.Length; i++)
            AtLeast(Tasks(c.Capacity, c.Demands[i]) / tasks.Length, tasks[i], $"team {i} of {c}");
    });

    [Fact]
    public void Fill_OneThatAsksForWhatItDoesNotNeed_GainsNothing() => Check.ForAll(Cases, c =>
    {
        var honest = Fill(c.Capacity, c.Demands);
        for (var i = 0; i < honest.Length; i++)
        {
            var got = Fill(c.Capacity, c.Demands.SetItem(i, c.Lies[i]))[i];
            AtLeast(Tasks(Times(c.Lies[i], got), c.Demands[i]), honest[i], $"team {i} of {c}");
        }
    });

    [Fact]
    public void Fill_Anybody_WouldNotRatherHaveAnothersShare() => Check.ForAll(Cases, c =>
    {
        var tasks = Fill(c.Capacity, c.Demands);
        for (var i = 0; i < tasks.Length; i++)
        {
            for (var j = 0; j < tasks.Length; j++)
                AtLeast(Tasks(Times(c.Demands[j], tasks[j]), c.Demands[i]), tasks[i], $"team {i} and {j} of {c}");
        }
    });

    [Fact]
    public void Fill_Result_LeavesRoomForNobody() => Check.ForAll(Cases, c =>
    {
        var tasks = Fill(c.Capacity, c.Demands);
        var left = c.Demands.Select((demand, i) => Times(demand, tasks[i])).Aggregate(c.Capacity, (sum, used) => sum - used);

        Assert.True(left is { Cpu: >= 0, Memory: >= 0 }, $"{left}");
        Assert.All(c.Demands, demand => Assert.True(demand.Cpu > left.Cpu || demand.Memory > left.Memory, $"{demand} fits into {left}"));
    });

    /// <summary>The paper's example: 9 CPUs and 18 GB; A asks for 1 CPU and 4 GB, B for 3 CPUs and 1 GB.</summary>
    [Fact]
    public void Fill_TheExampleOfThePaper_ThreeOfAAndTwoOfB() =>
        Assert.Equal([3, 2], Fill(new ResourceTotals(9, 18, 0, 0), [new ResourceTotals(1, 4, 0, 0), new ResourceTotals(3, 1, 0, 0)]));

    /// <summary>As the queue draws: the smallest share is served next, as long as what it asks for is there.</summary>
    private static ImmutableArray<int> Fill(ResourceTotals capacity, ImmutableArray<ResourceTotals> demands)
    {
        var book = new TeamBook();
        var teams = demands.Select((_, i) => book.Of($"t{i}")).ToList();
        var open = Enumerable.Range(0, demands.Length).ToList();
        var left = capacity;
        while (open.Count > 0)
        {
            var next = open.Aggregate((a, b) => FairShare.Compare(teams[b], teams[a], capacity) < 0 ? b : a);
            if (demands[next].Cpu > left.Cpu || demands[next].Memory > left.Memory)
            {
                open.Remove(next);
                continue;
            }

            left -= demands[next];
            teams[next].Add(demands[next], 1);
        }

        return [.. teams.Select(team => team.Claims)];
    }

    private static void AtLeast(double least, double got, string what) =>
        Assert.True(got >= (least * (1 - Tolerance)) - 21, $"{what}: {got} tasks, expected {least} at the least");

    private static double Tasks(ResourceTotals room, ResourceTotals demand) => Math.Min((double)room.Cpu / demand.Cpu, (double)room.Memory / demand.Memory);

    private static ResourceTotals Times(ResourceTotals demand, int tasks) => new(demand.Cpu * tasks, demand.Memory * tasks, 0, 0);

    private sealed record FairCase(ResourceTotals Capacity, ImmutableArray<ResourceTotals> Demands, ImmutableArray<ResourceTotals> Lies)
    {
        public override string ToString() => $"{Capacity}: {string.Join("; ", Demands)} lying {string.Join("; ", Lies)}";
    }
}
