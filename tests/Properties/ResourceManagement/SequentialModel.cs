using System.Collections.Immutable;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;
using Amounts = OrleansCluster.Resources;

namespace OrleansCluster.Tests.Properties.ResourceManagement;

/// <summary>One claim after the other on nodes that know nothing but their claims: no sums are kept, no ETags, nothing that the committer is made of.</summary>
internal sealed class SequentialModel
{
    public const int Nodes = 6;
    private static readonly Amounts _capacity = new(3000, 300, 150);

    private readonly Dictionary<string, (string Node, ClaimRequest Claim)> _claims = new(StringComparer.Ordinal);

    /// <summary>What is free of the nodes' devices and amounts: these cannot be told from the claims' sums, since it matters which device each got.</summary>
    private readonly Dictionary<string, ModelRoom> _rooms = Enumerable.Range(0, Nodes).ToDictionary(NameOf, node => new ModelRoom(ExtrasOf(node)));

    public int Count => _claims.Count;

    public static string NameOf(int number) => $"n{number}";

    public static ImmutableArray<NodeRow> Rows() =>
    [
        .. Enumerable.Range(0, Nodes).Select(i => new NodeRow
        {
            Node = NameOf(i),
            ETag = 1,
            Status = i == Nodes - 1 ? NodeStatus.Draining : NodeStatus.Active,
            Capacity = _capacity,
            Claimed = default,
            Attributes = ImmutableSortedDictionary<string, string>.Empty,
            Runtime = "",
            ExtraCapacity = ExtrasOf(i),
        }),
    ];

    /// <summary>Every other node has GPUs, two of one model and one of another, and some of an amount.</summary>
    private static ExtraCapacity? ExtrasOf(int node) => node % 2 == 1
        ? null
        : new ExtraCapacity
        {
            Gpus = [new GpuDevice("0", "a"), new GpuDevice("1", "a"), new GpuDevice("GPU-2", "b")],
            Amounts = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 2 + node),
        };

    /// <summary>The node of each claim of the transaction, <see langword="null"/> where it is rejected.</summary>
    public string?[] Commit(ClaimTransaction transaction, Func<ClaimRequest, bool> isOld)
    {
        var before = transaction.Claims.Select(c => _claims.ContainsKey(IdOf(c))).ToArray();
        var taken = new List<string>();
        var answers = new string?[transaction.Claims.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            var request = transaction.Claims[i];
            if (_claims.TryGetValue(IdOf(request), out var known))
                answers[i] = known.Node;
            else if (Fits(request) && !(transaction.Detection == ConflictDetection.Coarse && isOld(request)))
            {
                _claims.Add(IdOf(request), (request.Node, request));
                _rooms[request.Node].Take(IdOf(request), request.Extras);
                taken.Add(IdOf(request));
                answers[i] = request.Node;
            }
        }

        if (transaction.Mode == CommitMode.Incremental || answers.All(node => node is not null))
            return answers;
        taken.ForEach(Release);
        return [.. answers.Select((node, i) => before[i] ? node : null)];
    }

    public void Release(string id)
    {
        Assert.True(_claims.Remove(id, out var released), $"{id} was not there");
        _rooms[released.Node].GiveBack(id);
    }

    public void AssertSame(ClusterState state)
    {
        foreach (var node in state.ReadSince(default).Nodes)
        {
            var own = On(node.Name);
            Assert.Equal(own.Count, node.ClaimCount);
            Assert.Equal(own.Aggregate(Amounts.Zero, (sum, c) => sum + c.Resources), node.Claimed);
            Assert.Equal(own.SelectMany(c => c.Ports).Order(_byPort), node.ClaimedPorts.Order(_byPort));
            Assert.True(node.Claimed.Cpu <= _capacity.Cpu && node.Claimed.Memory <= _capacity.Memory && node.Claimed.Disk <= _capacity.Disk, $"{node.Name} is over-committed");
            AssertSameExtras(node, state.FindNode(node.Name)!.Published!.Claims.Claims);
            Assert.Equal(own.Select(IdOf).Order(StringComparer.Ordinal), state.FindNode(node.Name)!.Published!.Claims.Claims.Select(c => c.Id));
        }
    }

    /// <summary>What each claim asked for it has, of devices that are there, and no device or amount is given out beyond what there is.</summary>
    private void AssertSameExtras(NodeSnapshot node, ImmutableArray<Claim> claims)
    {
        foreach (var claim in claims)
        {
            var wanted = _claims[claim.Id].Claim.Extras;
            Assert.Equal(wanted?.Amounts.AsEnumerable() ?? [], claim.Extras?.Amounts.AsEnumerable() ?? []);
            Assert.Equal(Enumerable.Repeat(wanted?.Gpu?.Thousandths ?? 1000, DevicesOf(wanted)), (claim.Extras?.Gpus ?? []).Select(share => share.Thousandths));
            Assert.All(claim.Extras?.Gpus ?? [], share => Assert.Contains(node.ExtraCapacity!.Gpus, gpu => gpu.Id == share.Device && IsAllowed(wanted!.Gpu!, gpu.Model)));
        }

        foreach (var gpu in node.ExtraCapacity?.Gpus ?? [])
        {
            var sum = claims.Sum(claim => claim.Extras?.Gpus.Where(share => share.Device == gpu.Id).Sum(share => share.Thousandths) ?? 0);
            Assert.InRange(sum, 0, 1000);
            Assert.Equal(sum, node.ExtraClaimed?.Gpus.FirstOrDefault(share => share.Device == gpu.Id).Thousandths ?? 0);
        }

        var licences = claims.Sum(claim => claim.Extras?.Amounts.GetValueOrDefault("licence") ?? 0);
        Assert.InRange(licences, 0, node.ExtraCapacity?.Amounts["licence"] ?? 0);
        Assert.Equal(licences, node.ExtraClaimed?.Amounts.GetValueOrDefault("licence") ?? 0);
    }

    private static int DevicesOf(ExtraDemand? wanted) => wanted?.Gpu is not { } gpu ? 0 : gpu.Count ?? 1;

    private static bool IsAllowed(GpuSpec gpu, string model) => gpu.Models.IsEmpty || gpu.Models.Contains(model);

    private static readonly IComparer<HostPort> _byPort = Comparer<HostPort>.Create((a, b) => (a.Port, a.Protocol).CompareTo((b.Port, b.Protocol)));

    private static string IdOf(ClaimRequest claim) => $"{claim.TaskId}#{claim.Attempt}";

    private List<ClaimRequest> On(string node) => [.. _claims.Values.Where(c => c.Node == node).Select(c => c.Claim)];

    private bool Fits(ClaimRequest request)
    {
        // The last of the nodes drains, and one more is asked for than there are.
        if (request.Node == NameOf(Nodes - 1) || request.Node == NameOf(Nodes))
            return false;
        var all = On(request.Node).Append(request).ToList();
        return _rooms[request.Node].Fits(request.Extras)
            && all.Sum(c => c.Resources.Cpu) <= _capacity.Cpu
            && all.Sum(c => c.Resources.Memory) <= _capacity.Memory
            && all.Sum(c => c.Resources.Disk) <= _capacity.Disk
            && all.SelectMany(c => c.Ports).Distinct().Count() == all.Sum(c => c.Ports.Length);
    }
}
