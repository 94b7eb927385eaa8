using Orleans.Concurrency;

namespace OrleansCluster.Tests.Engine.Grains;

[Alias("engine.timer")]
internal interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer that reports "tick {name}" each time, and fails after it if asked to.</summary>
    [Alias("start")]
    Task Start(string name, TimeSpan due, TimeSpan period, bool interleave, bool fail);

    /// <summary>Starts a timer whose callback waits for its token.</summary>
    [Alias("start-long")]
    Task StartLong(string name);

    [Alias("change")]
    Task Change(TimeSpan due, TimeSpan period);

    [Alias("stop")]
    Task Stop();

    [Alias("hold")]
    Task Hold(string gate);

    [AlwaysInterleave, Alias("go")]
    Task Go();
}
