namespace OrleansCluster.Grains.Frameworks;

/// <summary>A bucket that calls are taken from: so many flow in a second, and it holds ten times that.</summary>
internal sealed class CallRate(TimeProvider clock)
{
    private const int Seconds = 10;

    private double _left = double.MaxValue;
    private long _at = clock.GetTimestamp();

    public bool TryTake(int rate)
    {
        _left = Math.Min((double)rate * Seconds, _left + (clock.GetElapsedTime(_at).TotalSeconds * rate));
        _at = clock.GetTimestamp();
        if (_left < 1)
            return false;
        _left--;
        return true;
    }
}
