using OrleansCluster.Embedded;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Testing.Kernel;

/// <summary>What happened in the world: a fingerprint of all of it, and the last of what a reader can make something of.</summary>
internal sealed class EventTrace(VirtualTimeProvider time, Action<string>? listener)
{
    private const int Kept = 60;
    private const int TurnsKept = 16;
    private readonly TraceHash _hash = new(time);
    private readonly Queue<string> _last = new();
    private readonly (string Process, GrainId Grain, string Request)[] _turns = new (string, GrainId, string)[TurnsKept];
    private int _turn;

    /// <summary>Equal for equal runs, in other processes too.</summary>
    public ulong Hash => _hash.Value;

    public long Count => _hash.Count;

    public IReadOnlyCollection<string> Last => _last;

    public IEnumerable<string> LastTurns => _turns.Where(turn => turn.Process is not null).Select(turn => $"{turn.Process} {turn.Grain} {turn.Request}");

    public void Add(string happened)
    {
        var line = $"{time.Elapsed.TotalSeconds,10:F3}  {happened}";
        _hash.Add(line);
        _last.Enqueue(line);
        if (_last.Count > Kept)
            _last.Dequeue();
        listener?.Invoke(line);
    }

    /// <summary>Told to the listener alone: too much to keep, and made only where somebody listens.</summary>
    public void Detail(Func<string> happened) => listener?.Invoke($"{time.Elapsed.TotalSeconds,10:F3}    {happened()}");

    /// <summary>Puts the turns of one process's grains into the fingerprint.</summary>
    public ITurnObserver ObserverOf(string process) => new Turns(this, process);

    private sealed class Turns(EventTrace trace, string process) : ITurnObserver
    {
        public void OnStarted(GrainId grain, string request)
        {
            trace._turns[trace._turn++ % TurnsKept] = (process, grain, request);
            trace._hash.Add(process);
            trace._hash.OnStarted(grain, request);
        }

        public void OnEnded(GrainId grain, string request) => trace._hash.OnEnded(grain, request);
    }
}
