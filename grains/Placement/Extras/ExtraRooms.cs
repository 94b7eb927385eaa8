namespace OrleansCluster.Placement.Extras;

/// <summary>
/// The nodes' <see cref="ExtraRoom"/> by their index in <see cref="ClusterArrays"/>. Copies share it until one of them takes something, so a batch that
/// wants neither GPU nor named amounts copies nothing. As long as no node offers any of it, it is empty.
/// </summary>
internal sealed class ExtraRooms
{
    private ExtraRoom?[] _rooms = [];
    private bool _isShared;

    /// <summary>Thousandths of the largest node that there has been: a scale of scores.</summary>
    public int LargestGpu { get; private set; }

    /// <summary><see langword="null"/> for a node that has nothing.</summary>
    public ExtraRoom? this[int node] => node < _rooms.Length ? _rooms[node] : null;

    public ExtraRooms Copy()
    {
        _isShared = true;
        return new ExtraRooms { _rooms = _rooms, _isShared = true, LargestGpu = LargestGpu };
    }

    public void Set(int node, ExtraRoom? room)
    {
        if (room is null && node >= _rooms.Length)
            return;
        if (node >= _rooms.Length)
            (_rooms, _isShared) = (Resized(Math.Max(16, Math.Max(node + 1, _rooms.Length * 2))), false);
        else if (_isShared)
            (_rooms, _isShared) = (Resized(_rooms.Length), false);
        _rooms[node] = room;
        LargestGpu = Math.Max(LargestGpu, room?.TotalGpu ?? 0);
    }

    private ExtraRoom?[] Resized(int length)
    {
        var rooms = new ExtraRoom?[length];
        _rooms.CopyTo(rooms, 0);
        return rooms;
    }
}
