namespace OrleansCluster.Tests.Api.Cli;

/// <summary>Says when a text has been written to it.</summary>
internal sealed class SignalingWriter(string text) : StringWriter
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => _seen.Task;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(text, StringComparison.Ordinal) == true)
            _seen.TrySetResult();
    }
}
