using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>
/// Which tasks of a service to move so that they are spread evenly: pure. A step of the strategy counts tasks by what their nodes have in its field; the sums of the squares of
/// these counts, compared step by step, fall with each move, so there is an end to them, and no move is undone by another. One move after the other the most is gained, so that there are no more than needed.
/// </summary>
internal static class RebalancePlanner
{
    /// <summary>Nodes that differ are compared pair by pair: the fullest with the emptiest, no more of either than this.</summary>
    private const int Compared = 256;

    /// <param name="nodes">All that have a task of the service, or may get one.</param>
    public static ImmutableArray<Move> Plan(IEnumerable<Node> nodes, int most)
    {
        var all = nodes.Select(node => new Count(node)).OrderBy(count => count.Node.Name, StringComparer.Ordinal).ToList();
        var moves = ImmutableArray.CreateBuilder<Move>();
        if (all.Count == 0)
            return [];
        var steps = new Dictionary<string, int>[all[0].Node.Keys.Length];
        for (var step = 0; step < steps.Length; step++)
            steps[step] = all.GroupBy(count => count.Node.Keys[step], StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Sum(count => count.Tasks), StringComparer.Ordinal);
        while (moves.Count < most && Best(all, steps) is var (from, to))
        {
            moves.Add(new Move(from.Movable.Pop(), from.Node.Name, to.Node.Name));
            (from.Tasks, to.Tasks, to.Room) = (from.Tasks - 1, to.Tasks + 1, to.Room - 1);
            for (var step = 0; step < steps.Length; step++)
            {
                steps[step][from.Node.Keys[step]]--;
                steps[step][to.Node.Keys[step]]++;
            }
        }

        return moves.ToImmutable();
    }

    private static (Count From, Count To)? Best(List<Count> all, Dictionary<string, int>[] steps)
    {
        var sources = Distinct(all.Where(count => count.Movable.Count > 0), steps, isDescending: true);
        var targets = Distinct(all.Where(count => count.Room > 0), steps, isDescending: false);
        (Count From, Count To)? best = null;
        var least = new int[steps.Length];
        foreach (var from in sources)
        {
            foreach (var to in targets)
            {
                var gain = Gain(from.Node, to.Node, steps);
                if (gain.AsSpan().SequenceCompareTo(least) < 0)
                    (best, least) = ((from, to), gain);
            }
        }

        return best;
    }

    /// <summary>Half of what each step's sum of squares changes by.</summary>
    private static int[] Gain(Node from, Node to, Dictionary<string, int>[] steps)
    {
        var gain = new int[steps.Length];
        for (var step = 0; step < steps.Length; step++)
            gain[step] = from.Keys[step] == to.Keys[step] ? 0 : steps[step][to.Keys[step]] - steps[step][from.Keys[step]] + 1;
        return gain;
    }

    /// <summary>One of those that are alike, the ones that matter first.</summary>
    private static List<Count> Distinct(IEnumerable<Count> counts, Dictionary<string, int>[] steps, bool isDescending)
    {
        var sign = isDescending ? -1 : 1;
        return
        [
            .. counts.Select(count => (Count: count, Order: Enumerable.Range(0, steps.Length).Select(step => sign * steps[step][count.Node.Keys[step]]).Append(sign * count.Tasks).ToArray()))
                .GroupBy(x => string.Join(',', x.Order) + '|' + string.Join('|', x.Count.Node.Keys.Where(key => key != x.Count.Node.Name)), StringComparer.Ordinal)
                .Select(same => same.First())
                .OrderBy(x => x.Order, Comparer<int[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other)))
                .Take(Compared)
                .Select(x => x.Count),
        ];
    }

    /// <param name="Keys">What it has in the field of each step; its name where that is the node itself.</param>
    /// <param name="Fixed">Tasks of the service that stay there whatever happens.</param>
    /// <param name="Movable">The numbers of the others, the last one to be moved first.</param>
    /// <param name="Room">How many more it could take.</param>
    internal sealed record Node(string Name, ImmutableArray<string> Keys, int Fixed, ImmutableArray<int> Movable, int Room);

    /// <param name="Number">Of the task.</param>
    internal readonly record struct Move(int Number, string From, string To);

    private sealed class Count(Node node)
    {
        public Node Node => node;
        public Stack<int> Movable { get; } = new(node.Movable);
        public int Tasks { get; set; } = node.Fixed + node.Movable.Length;
        public int Room { get; set; } = node.Room;
    }
}
