namespace OrleansCluster.Tests.Engine.Embedded;

internal interface IEscapeGrain : IGrainWithStringKey
{
    Task Escape(string how);
}

/// <summary>Does what grains must not do.</summary>
internal sealed class EscapeGrain(TimeProvider time) : Grain, IEscapeGrain
{
    public async Task Escape(string how)
    {
        switch (how)
        {
            case "pool":
                await Task.Run(() => { });
                break;
            case "run-continuations":
                var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var both = Task.WhenAll(source.Task, Task.CompletedTask);
                source.SetResult();
                await both;
                break;
            case "real-timer":
                await Task.Delay(TimeSpan.FromMinutes(1));
                break;
            case "when-any-delay":
                using (var cancellation = new CancellationTokenSource())
                {
                    var any = Task.WhenAny(Task.Delay(TimeSpan.FromDays(1), time, cancellation.Token), new TaskCompletionSource().Task);
                    cancellation.Cancel();
                    await any;
                }

                break;
            case "configure-await":
                var plain = new TaskCompletionSource();
                var waiting = WaitOutside(plain.Task);
                plain.SetResult();
                await waiting;
                break;
        }
    }

    private static async Task WaitOutside(Task task) => await task.ConfigureAwait(false);
}
