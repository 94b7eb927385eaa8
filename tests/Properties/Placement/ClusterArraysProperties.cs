using System.Collections.Immutable;
using FsCheck.Fluent;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

public sealed class ClusterArraysProperties
{
    [Fact]
    public void Apply_AnyDeltas_GiveWhatASnapshotOfTheirSumGives()
    {
        var changes =
            from first in Generate.Cases
            from count in Gen.Choose(0, 30)
            from nodes in Gen.ArrayOf(Generate.Node(1), count)
            from names in Gen.ArrayOf(Gen.Choose(0, 50), count)
            select (First: first, Changes: nodes.Select((node, i) => node with { Name = $"n{names[i]}" }).ToArray());

        Check.ForAll(changes, c =>
        {
            var arrays = ClusterArrays.From(c.First.Snapshot);
            var newest = c.First.Nodes.ToDictionary(node => node.Name);
            var version = 1;
            foreach (var change in c.Changes)
            {
                arrays.Apply(new ClusterDelta { Version = new ClusterVersion("i", ++version), IsSnapshot = false, Nodes = [change] });
                newest[change.Name] = change;
            }

            AssertHolds(arrays, newest.Values);
            AssertScoredAs(ClusterArrays.From(new ClusterDelta { Version = new ClusterVersion("i", version), IsSnapshot = true, Nodes = [.. newest.Values] }), arrays);
        });
    }

    private static void AssertHolds(ClusterArrays arrays, IReadOnlyCollection<NodeSnapshot> nodes)
    {
        Assert.Equal(nodes.Count, arrays.Count);
        foreach (var node in nodes)
        {
            var index = arrays.IndexOf(node.Name);
            Assert.Equal((node.Name, node.ETag, node.Status), (arrays.NameOf(index), arrays.ETagOf(index), arrays.StatusOf(index)));
            Assert.Equal((node.Capacity, node.Free), (arrays.CapacityOf(index), arrays.FreeOf(index)));
            Assert.True(arrays.PortsOf(index).SetEquals(node.ClaimedPorts));
        }
    }

    private static void AssertScoredAs(ClusterArrays expected, ClusterArrays actual) =>
        Assert.Equal(ScoresByName(expected), ScoresByName(actual));

    private static ImmutableSortedDictionary<string, int> ScoresByName(ClusterArrays arrays) =>
        Enumerable.Range(0, arrays.Count).ToImmutableSortedDictionary(arrays.NameOf, node => arrays.Scores[node], StringComparer.Ordinal);
}
