namespace OrleansCluster.Embedded;

internal sealed class ThreadPoolTurnQueue : ITurnQueue
{
    public int TurnsPerSlice => 64;

    public void Enqueue(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    public void OnTurnQueued()
    {
    }
}
