namespace OrleansCluster.Client.Http;

internal static class Backoff
{
    private const int FirstMilliseconds = 100;
    private const int Doublings = 5;
    private static readonly TimeSpan _cap = TimeSpan.FromSeconds(2);

    /// <param name="failures">How many in a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var delay = TimeSpan.FromMilliseconds(FirstMilliseconds << Math.Clamp(failures - 1, 0, Doublings));
        return delay < _cap ? delay : _cap;
    }
}
