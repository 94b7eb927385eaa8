using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// What accepted offers hold, node by node, and what the tasks that were looked at have left of it. Mesos's master keeps tasks to it, where their claims would be given whatever else their node has free.
/// </summary>
internal sealed class OfferedRoom(ImmutableArray<Offer> offers)
{
    private readonly Dictionary<string, Node> _nodes = offers.GroupBy(offer => offer.Node, StringComparer.Ordinal).ToDictionary(node => node.Key, node => new Node([.. node]), StringComparer.Ordinal);

    /// <summary>What of it is too much, as a sentence, and nothing is taken then. A node of which nothing is offered is not judged here.</summary>
    public string? Take(FrameworkTask task) => _nodes.TryGetValue(task.Node, out var node) ? node.Take(task) : null;

    /// <summary>As offers and tasks of Mesos name them, in its order.</summary>
    private static IEnumerable<KeyValuePair<string, decimal>> AmountsOf(Resources resources, GpuSpec? gpu, IEnumerable<KeyValuePair<string, int>> named) =>
    [
        new("cpus", resources.Cpu / 1000m),
        new("mem", resources.Memory),
        new("disk", resources.Disk),
        new("gpus", gpu?.Count ?? 0),
        .. named.Select(amount => KeyValuePair.Create(amount.Key, (decimal)amount.Value)),
    ];

    private static string Text(IEnumerable<KeyValuePair<string, decimal>> amounts) => string.Join("; ", amounts.Select(amount => string.Create(CultureInfo.InvariantCulture, $"{amount.Key}:{amount.Value:0.###}")));

    private sealed class Node(ImmutableArray<Offer> offers)
    {
        private readonly Dictionary<string, decimal> _left = offers.SelectMany(offer => AmountsOf(offer.Resources, offer.Extras?.Gpu, offer.Extras?.Amounts.AsEnumerable() ?? []))
            .GroupBy(amount => amount.Key, StringComparer.Ordinal)
            .ToDictionary(amounts => amounts.Key, amounts => amounts.Sum(amount => amount.Value), StringComparer.Ordinal);

        /// <summary>One that a later offer of the node has was given back in between.</summary>
        private readonly HashSet<HostPort> _taken = [.. offers.Select(offer => offer.TakenPorts.AsEnumerable()).Aggregate(Enumerable.Intersect)];

        public string? Take(FrameworkTask task)
        {
            var asked = task.Containers.SelectMany(container => AmountsOf(container.Resources, container.Gpu, container.Amounts)).ToList();
            var tooMuch = asked.Where(amount => amount.Value > Left(amount.Key)).ToList();
            if (tooMuch.Count > 0)
                return $"Task uses more resources {Text(tooMuch)} than available {Text(tooMuch.Select(amount => KeyValuePair.Create(amount.Key, Left(amount.Key))))}";
            var ports = task.Containers.SelectMany(container => container.Ports).Where(port => port.Host > 0).Select(port => new HostPort(port.Host, port.Protocol)).ToList();
            if (ports.Where(_taken.Contains).Select(port => port.Port).ToList() is [var first, ..])
                return string.Create(CultureInfo.InvariantCulture, $"Task uses port {first}, which is not available");
            foreach (var (name, value) in asked)
                _left[name] = Left(name) - value;
            _taken.UnionWith(ports);
            return null;
        }

        private decimal Left(string name) => _left.GetValueOrDefault(name);
    }
}
