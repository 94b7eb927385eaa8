namespace OrleansCluster.Cli.Hosting;

internal static class ExitCode
{
    public const int Ok = 0;
    public const int JobFailed = 1;
    public const int BadInput = 2;
    public const int Refused = 3;
    public const int Unreachable = 4;
    public const int Interrupted = 130;

    /// <summary>What a shell shows of a program that its reader has left.</summary>
    public const int OutputClosed = 141;

    /// <summary>For <c>--help</c>.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (Ok, "done"),
        (JobFailed, "the job or task that was watched did not succeed"),
        (BadInput, "bad usage, or a file with faults; nothing has changed"),
        (Refused, "refused: no such thing, or in conflict with what is there"),
        (Unreachable, "no cluster answers at the address, or it failed to answer"),
        (Interrupted, "interrupted (Ctrl-C); what runs in the cluster goes on"),
        (OutputClosed, "whoever read the output has gone"),
    ];
}
