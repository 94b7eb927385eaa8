using System.Collections.Immutable;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>What somebody who listens for a framework has still to be told, in order. One that does not keep up is closed rather than kept in memory without end.</summary>
internal sealed class FrameworkStream(string id)
{
    /// <summary>Events that wait at a time.</summary>
    public const int MostWaiting = 10_000;
    private const int MostAtOnce = 500;

    private readonly Queue<FrameworkEvent> _waiting = new();
    private long _last;

    public string Id { get; } = id;
    public bool IsOpen { get; private set; } = true;

    /// <summary>Updates that may be added: they wait elsewhere rather than have a framework of many tasks closed. What is left is for what does not.</summary>
    public int Room => IsOpen ? Math.Max(0, (MostWaiting / 2) - _waiting.Count) : 0;

    public void Close()
    {
        IsOpen = false;
        _waiting.Clear();
    }

    public void Tell(FrameworkUpdate update) => Add(new FrameworkEvent { Sequence = ++_last, Update = update });

    public void Tell(ImmutableArray<Offer> offers) => Add(new FrameworkEvent { Sequence = ++_last, Offers = offers });

    public void TellRescinded(string offer) => Add(new FrameworkEvent { Sequence = ++_last, Rescinded = offer });

    /// <summary>What comes after an event; what is before is forgotten.</summary>
    public ImmutableArray<FrameworkEvent> After(long sequence)
    {
        while (_waiting.TryPeek(out var first) && first.Sequence <= sequence)
            _waiting.Dequeue();
        return [.. _waiting.Take(MostAtOnce)];
    }

    private void Add(FrameworkEvent happened)
    {
        if (!IsOpen)
            return;
        if (_waiting.Count == MostWaiting)
            Close();
        else
            _waiting.Enqueue(happened);
    }
}
