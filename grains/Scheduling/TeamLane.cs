using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>What one team has queued in one band, in the order of <see cref="PlacementQueue.Order"/>; of a gang its leader.</summary>
/// <param name="gangs">Those that are queued.</param>
internal sealed class TeamLane(string team, PriorityBand band, IReadOnlyDictionary<string, QueuedGang> gangs)
{
    private SortedSet<PlacementRequest>.Enumerator _next;
    private bool _hasWaiting;
    private PlacementRequest? _parked;

    public string Team { get; } = team;

    public PriorityBand Band { get; } = band;

    public SortedSet<PlacementRequest> Waiting { get; } = new(PlacementQueue.Order);

    public SortedSet<PlacementRequest> Parked { get; } = new(PlacementQueue.Order);

    /// <summary>Nothing of it is tried before the cluster has changed: its team is at its maximum.</summary>
    public bool IsHeld { get; set; }

    public bool HasWaiting => Waiting.Count > 0 && !IsHeld;

    public bool IsEmpty => Waiting.Count == 0 && Parked.Count == 0;

    /// <summary>While a batch is drawn: what it would give next, and its team's account.</summary>
    public PlacementRequest? Next { get; private set; }

    public bool IsNextParked { get; private set; }

    /// <summary>The gang that <see cref="Next"/> stands for.</summary>
    public QueuedGang? Gang { get; private set; }

    /// <summary>By <see cref="Next"/>; for a gang that is what all of it wants.</summary>
    public ResourceTotals Wanted { get; private set; }

    public TeamAccount Account { get; private set; } = null!;

    /// <param name="withParked">Whether the first that is parked stands in its place among them.</param>
    public void Begin(TeamAccount account, bool withParked)
    {
        Account = account;
        _next = Waiting.GetEnumerator();
        _hasWaiting = _next.MoveNext();
        _parked = withParked ? Parked.Min : null;
        Show();
    }

    public void Advance()
    {
        if (IsNextParked)
            _parked = null;
        else
            _hasWaiting = _next.MoveNext();
        Show();
    }

    /// <summary>From now on only what waits is given.</summary>
    public void LeaveParked()
    {
        _parked = null;
        Show();
    }

    public void End() => (Next, _parked, _next) = (null, null, default);

    private void Show()
    {
        var waiting = _hasWaiting ? _next.Current : null;
        IsNextParked = _parked is not null && (waiting is null || PlacementQueue.Order.Compare(_parked, waiting) < 0);
        Next = IsNextParked ? _parked : waiting;
        Gang = Next?.Gang is { } id ? gangs[id] : null;
        Wanted = Next is null ? default : Gang?.Amounts ?? TeamAmounts.Of(Next);
    }
}
