namespace OrleansCluster.Embedded.Deterministic;

/// <summary>Chance from a seed (SplitMix64, because System.Random does not promise the same numbers in the next release). Not thread-safe.</summary>
public sealed class SeededRandom(ulong seed)
{
    private const double Ulp53 = 1.0 / (1UL << 53);
    private ulong _state = seed;

    /// <summary>A whole number from 0 up to below the limit.</summary>
    public int Below(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return (int)(((Next() >> 32) * (ulong)limit) >> 32);
    }

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * Fraction());

    /// <summary>True with this probability; a probability of zero draws nothing.</summary>
    public bool Chance(double probability) => probability > 0 && Fraction() < probability;

    /// <summary>From 0 up to below 1.</summary>
    public double Fraction() => (Next() >> 11) * Ulp53;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>A seed for something that draws on its own.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
