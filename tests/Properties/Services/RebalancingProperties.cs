using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Services;

namespace OrleansCluster.Tests.Properties.Services;

/// <summary>What moves come to, whatever the nodes are like.</summary>
public sealed class RebalancingProperties
{
    private const int Enough = 10_000;

    private static Gen<RebalancePlanner.Node[]> NodeLists { get; } =
        from steps in Gen.Elements("zone,node", "node", "zone", "node,zone")
        from nodes in Gen.ArrayOf(
            from zone in Gen.Choose(0, 3)
            from fixedTasks in Gen.Choose(0, 2)
            from movable in Gen.Choose(0, 6)
            from room in Gen.Elements(0, 1, 2, 20)
            select (zone, fixedTasks, movable, room))
        select Build(steps.Split(','), nodes);

    [Fact]
    public void Plan_AnyNodes_EachMoveLowersThePotentialAndGoesWhereThereIsRoom() => Check.ForAll(NodeLists, nodes =>
    {
        var world = new World(nodes);
        var potential = world.Potential();
        foreach (var move in RebalancePlanner.Plan(nodes, Enough))
        {
            world.Apply(move);
            var next = world.Potential();
            Assert.True(next.AsSpan().SequenceCompareTo(potential) < 0, $"{move} brings [{string.Join(", ", potential)}] to [{string.Join(", ", next)}]");
            potential = next;
        }

        Assert.True(!world.CanBeBetter(), "a move that would help is left out");
        Assert.Empty(RebalancePlanner.Plan(world.ToNodes(), Enough));
    });

    [Fact]
    public void Plan_ByNodeWithRoomForAll_NeedsNoMoreMovesThanThereAreTasksTooMany() => Check.ForAll(NodeLists, nodes =>
    {
        ImmutableArray<RebalancePlanner.Node> roomy = [.. nodes.Select(node => node with { Keys = [node.Name], Room = Enough })];
        if (roomy.IsEmpty)
            return;
        var total = roomy.Sum(node => node.Fixed + node.Movable.Length);
        var (least, more) = (total / roomy.Length, total % roomy.Length);
        var counts = roomy.Select(node => node.Fixed + node.Movable.Length).OrderDescending().ToList();
        var tooMany = counts.Select((count, i) => Math.Max(0, count - least - (i < more ? 1 : 0))).Sum();

        Assert.True(RebalancePlanner.Plan(roomy, Enough).Length <= tooMany);
    });

    [Fact]
    public void Plan_Fewer_AreTheFirstOfAll() => Check.ForAll(NodeLists, nodes =>
    {
        var all = RebalancePlanner.Plan(nodes, Enough);

        Assert.Equal(all.Take(2), RebalancePlanner.Plan(nodes, 2));
    });

    private static RebalancePlanner.Node[] Build(string[] steps, (int Zone, int Fixed, int Movable, int Room)[] nodes)
    {
        var number = 0;
        return [.. nodes.Select((node, i) => new RebalancePlanner.Node(
            $"n{i}",
            [.. steps.Select(step => step == "zone" ? $"z{node.Zone}" : $"n{i}")],
            node.Fixed,
            [.. Enumerable.Range(0, node.Movable).Select(_ => ++number)],
            node.Room))];
    }

    private sealed class World(RebalancePlanner.Node[] nodes)
    {
        private readonly Dictionary<string, (RebalancePlanner.Node Node, List<int> Movable, int Arrived)> _nodes = nodes.ToDictionary(node => node.Name, node => (node, node.Movable.ToList(), 0));

        public void Apply(RebalancePlanner.Move move)
        {
            Assert.True(_nodes[move.From].Movable.Remove(move.Number), $"{move}: it is not there, or may not be moved");
            var to = _nodes[move.To];
            Assert.True(to.Arrived < to.Node.Room, $"{move}: there is no room");
            _nodes[move.To] = to with { Arrived = to.Arrived + 1 };
        }

        public int[] Potential() => [.. Enumerable.Range(0, nodes.Length == 0 ? 0 : nodes[0].Keys.Length).Select(Squares)];

        public IEnumerable<RebalancePlanner.Node> ToNodes() => _nodes.Values.Select(x => x.Node with { Fixed = x.Node.Fixed + x.Arrived, Movable = [.. x.Movable], Room = x.Node.Room - x.Arrived });

        public bool CanBeBetter()
        {
            var now = Potential();
            return _nodes.Values.Where(x => x.Movable.Count > 0).Any(from => _nodes.Values.Where(x => x.Arrived < x.Node.Room && x.Node != from.Node).Any(to => After(from.Node, to.Node).AsSpan().SequenceCompareTo(now) < 0));
        }

        private int[] After(RebalancePlanner.Node from, RebalancePlanner.Node to) =>
            [.. Enumerable.Range(0, from.Keys.Length).Select(step => Counts(step).Sum(count => Square(count.Value - (count.Key == from.Keys[step] ? 1 : 0) + (count.Key == to.Keys[step] ? 1 : 0))))];

        private int Squares(int step) => Counts(step).Values.Sum(Square);

        private Dictionary<string, int> Counts(int step) => _nodes.Values.GroupBy(x => x.Node.Keys[step]).ToDictionary(same => same.Key, same => same.Sum(x => x.Node.Fixed + x.Movable.Count + x.Arrived));

        private static int Square(int count) => count * count;
    }
}
