using Orleans.Runtime;

namespace OrleansCluster.Embedded.Deterministic;

/// <summary>A fingerprint of all that happened and when (FNV-1a, 64 bits): equal for equal runs, in other processes too.</summary>
public sealed class TraceHash(TimeProvider time) : ITurnObserver
{
    private const ulong Prime = 1099511628211;

    public ulong Value { get; private set; } = 14695981039346656037;

    /// <summary>How many events went in.</summary>
    public long Count { get; private set; }

    public void OnStarted(GrainId grain, string request) => Add('+', grain, request);

    public void OnEnded(GrainId grain, string request) => Add('-', grain, request);

    /// <summary>Puts an event of the simulation itself in.</summary>
    public void Add(string text)
    {
        Mix(text);
        Count++;
    }

    private void Add(char what, GrainId grain, string request)
    {
        Mix((ulong)time.GetTimestamp());
        Mix(what);
        Mix(grain.Type.ToString());
        Mix(grain.Key.ToString());
        Mix(request);
        Count++;
    }

    private void Mix(string text)
    {
        foreach (var c in text) Mix(c);
        Mix((ulong)text.Length);
    }

    private void Mix(ulong value) => Value = (Value ^ value) * Prime;
}
