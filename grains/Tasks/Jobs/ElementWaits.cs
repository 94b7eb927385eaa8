namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>The instances of a task each of which waits for one instance of each of some other tasks. What has been said of one is never taken back.</summary>
internal sealed class ElementWaits(int count, int others)
{
    private readonly int[] _left = [.. Enumerable.Repeat(others, count)];
    private readonly bool[] _isStarted = new bool[count];
    private readonly bool[] _isBlocked = new bool[count];
    private readonly SortedSet<int> _ready = [];

    /// <summary>Not started, and all that they wait for has succeeded; the lowest first.</summary>
    public IEnumerable<int> Ready => _ready;

    /// <summary>How many will never start, since what they wait for has failed.</summary>
    public int Blocked { get; private set; }

    public void Started(int index)
    {
        if (_isStarted[index])
            return;
        _isStarted[index] = true;
        _ready.Remove(index);
        if (_isBlocked[index])
            Blocked--;
    }

    /// <summary>One of those that it waits for has succeeded.</summary>
    public void Met(int index)
    {
        if (--_left[index] == 0 && !_isStarted[index])
            _ready.Add(index);
    }

    /// <summary>One of those that it waits for has failed, or will never start. Whether that is news.</summary>
    public bool Block(int index)
    {
        if (_isBlocked[index] || _isStarted[index])
            return false;
        _isBlocked[index] = true;
        Blocked++;
        return true;
    }
}
