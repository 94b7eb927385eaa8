using System.Collections.Immutable;
using System.Numerics;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Placement.Extras;

/// <summary>
/// The nodes' <see cref="ExtraRoom"/> by their index in <see cref="ClusterArrays"/>, and beside it, as numbers, what a scan asks of them. Copies share it
/// until one of them takes something, so a batch that wants neither GPU nor named amounts copies nothing. As long as no node offers any, it is empty.
/// </summary>
internal sealed class ExtraRooms
{
    /// <summary>The bit of all models beyond those that have one of their own.</summary>
    private const int OtherModels = GpuModels.Limit - 1;
    private ExtraRoom?[] _rooms = [];
    private int[] _largest = [];
    private int[] _whole = [];
    private int[] _models = [];
    private ImmutableDictionary<string, int> _bits = ImmutableDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Nodes whose model bits say less than is to be known: their devices are of several models, or of one without a bit of its own.</summary>
    private ImmutableHashSet<int> _unclear = [];
    private bool _isShared;

    /// <summary>Thousandths of the largest node that there has been: a scale of scores.</summary>
    public int LargestGpu { get; private set; }

    /// <summary><see langword="null"/> for a node that has nothing.</summary>
    public ExtraRoom? this[int node] => node < _rooms.Length ? _rooms[node] : null;

    public ExtraRooms Copy()
    {
        _isShared = true;
        return new ExtraRooms
        {
            _rooms = _rooms, _largest = _largest, _whole = _whole, _models = _models, _bits = _bits, _unclear = _unclear, _isShared = true, LargestGpu = LargestGpu,
        };
    }

    public void Set(int node, ExtraRoom? room)
    {
        if (room is null && node >= _rooms.Length)
            return;
        if (node >= _rooms.Length)
            Resize(Math.Max(16, Math.Max(node + 1, _rooms.Length * 2)));
        else if (_isShared)
            Resize(_rooms.Length);
        if (!ReferenceEquals(_rooms[node]?.Capacity, room?.Capacity))
            SetModels(node, room?.Capacity);
        (_rooms[node], _largest[node], _whole[node]) = (room, room?.Largest ?? 0, room?.Whole ?? 0);
        LargestGpu = Math.Max(LargestGpu, room?.TotalGpu ?? 0);
    }

    /// <summary>Clears the nodes on which that does not fit.</summary>
    /// <param name="allowed">-1 for a node that is allowed, else 0.</param>
    public void And(int[] allowed, ExtraDemand wanted)
    {
        var known = Math.Min(allowed.Length, _rooms.Length);
        allowed.AsSpan(known).Clear();
        if (wanted.Gpu is { } gpu)
            AndGpu(allowed.AsSpan(0, known), gpu);
        IEnumerable<int> left = wanted.Amounts.IsEmpty ? _unclear.Where(node => node < known) : Enumerable.Range(0, known);
        foreach (var node in left)
        {
            if (allowed[node] != 0 && ExtraRoom.Check(_rooms[node], wanted) is not null)
                allowed[node] = 0;
        }
    }

    private void AndGpu(Span<int> allowed, GpuSpec gpu)
    {
        var demand = GpuDemand.Of(gpu);
        ReadOnlySpan<int> rest = demand.IsShared ? _largest : _whole;
        var wanted = demand.IsShared ? demand.Thousandths : demand.Devices;
        var bits = gpu.Models.IsEmpty ? GpuModels.Any : gpu.Models.Aggregate(0, (set, model) => set | BitOf(model));
        var (wantedRest, wantedBits) = (new Vector<int>(wanted), new Vector<int>(bits));
        var isAny = new Vector<int>(gpu.Models.IsEmpty ? -1 : 0);
        var lanes = Vector<int>.Count;
        var i = 0;
        for (; i <= allowed.Length - lanes; i += lanes)
        {
            var fits = new Vector<int>(allowed[i..])
                & Vector.GreaterThanOrEqual(new Vector<int>(rest[i..]), wantedRest)
                & (isAny | ~Vector.Equals(new Vector<int>(_models, i) & wantedBits, Vector<int>.Zero));
            fits.CopyTo(allowed[i..]);
        }

        for (; i < allowed.Length; i++)
            allowed[i] = rest[i] >= wanted && GpuFeasibility.AllowsModel(bits, _models[i]) ? allowed[i] : 0;
    }

    private int BitOf(string model) => _bits.TryGetValue(model, out var bit) ? 1 << bit : 0;

    private void SetModels(int node, ExtraCapacity? capacity)
    {
        var bits = 0;
        foreach (var model in (capacity?.Gpus ?? []).Select(gpu => gpu.Model).Distinct(StringComparer.Ordinal))
        {
            if (!_bits.ContainsKey(model))
                _bits = _bits.Add(model, Math.Min(_bits.Count, OtherModels));
            bits |= BitOf(model);
        }

        _models[node] = bits;
        var isUnclear = BitOperations.PopCount((uint)bits) > 1 || bits == 1 << OtherModels;
        _unclear = isUnclear ? _unclear.Add(node) : _unclear.Remove(node);
    }

    private void Resize(int length)
    {
        (_rooms, _largest, _whole, _models) = (Resized(_rooms, length), Resized(_largest, length), Resized(_whole, length), Resized(_models, length));
        _isShared = false;
    }

    private static T[] Resized<T>(T[] array, int length)
    {
        var resized = new T[length];
        array.CopyTo(resized, 0);
        return resized;
    }
}
