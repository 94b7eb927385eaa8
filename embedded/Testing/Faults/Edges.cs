using OrleansCluster.Grains.Storage;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Faults;

/// <summary>
/// The moments on whose two sides things differ most: a silo sends a write or asks for rows, a message of it is on its way for long, a message arrives at it. A fault that waits for one
/// happens right there; by the clock it would happen there once in thousands of times. Messages are chosen by their names, since most of them are of a few kinds.
/// </summary>
internal sealed class Edges
{
    private readonly List<Func<SimulatedSilo, CommitUnit, bool>> _writes = [];
    private readonly List<Func<SimulatedSilo, StateQuery, bool>> _lists = [];
    private readonly List<Func<SimulatedSilo, string, bool>> _delays = [];
    private readonly List<Func<SimulatedSilo, string, bool>> _arrivals = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Of the messages that have been sent so far.</summary>
    public IReadOnlyCollection<string> MessageNames => _names;

    /// <param name="happen">Whether it has happened; where not, it is asked again at the next write.</param>
    public void AtWrite(Func<SimulatedSilo, CommitUnit, bool> happen) => _writes.Add(happen);

    /// <inheritdoc cref="AtWrite"/>
    public void AtList(Func<SimulatedSilo, StateQuery, bool> happen) => _lists.Add(happen);

    /// <inheritdoc cref="AtWrite"/>
    public void AtDelay(Func<SimulatedSilo, string, bool> happen) => _delays.Add(happen);

    /// <inheritdoc cref="AtWrite"/>
    public void AtArrival(Func<SimulatedSilo, string, bool> happen) => _arrivals.Add(happen);

    /// <summary>A silo sends a write.</summary>
    /// <returns>Whether something has happened that the write's end should come after.</returns>
    public bool Writes(SimulatedSilo silo, CommitUnit unit) => _writes.RemoveAll(happen => happen(silo, unit)) > 0;

    /// <summary>A silo asks for many rows.</summary>
    /// <returns>Whether something has happened that the answer should come after.</returns>
    public bool Lists(SimulatedSilo silo, StateQuery query) => _lists.RemoveAll(happen => happen(silo, query)) > 0;

    /// <summary>A message of that silo will take long.</summary>
    public void Delays(SimulatedSilo from, string message) => _delays.RemoveAll(happen => happen(from, message));

    /// <summary>A message is about to arrive, or the container runtime has been asked.</summary>
    public void Arrives(SimulatedSilo to, string message)
    {
        _names.Add(message);
        _arrivals.RemoveAll(happen => happen(to, message));
    }

    /// <summary>Nothing waits any more.</summary>
    public void Clear()
    {
        _writes.Clear();
        _lists.Clear();
        _delays.Clear();
        _arrivals.Clear();
    }
}
