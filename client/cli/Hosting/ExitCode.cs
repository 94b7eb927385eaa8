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

    /// <summary>Of 'ocs run', whose other codes are the container's: ocs itself failed. As with docker run.</summary>
    public const int NothingRun = 125;

    /// <summary>Of 'ocs run': accepted, and never run. What docker run says of a command that cannot be invoked.</summary>
    public const int NeverStarted = 126;

    /// <summary>For <c>--help</c>.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (Ok, "done"),
        (JobFailed, "the job, task or deployment that was watched did not succeed"),
        (BadInput, "bad usage, or a file with faults; nothing has changed"),
        (Refused, "refused: no such thing, or in conflict with what is there"),
        (Unreachable, "no cluster answers at the address, or it failed to answer"),
        (Interrupted, "interrupted (Ctrl-C); what runs in the cluster goes on"),
        (OutputClosed, "whoever read the output has gone"),
    ];

    /// <summary>For <c>ocs run --help</c>.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> OfRun =
    [
        (Ok, "the container has ended with 0; with --detach, the job was accepted"),
        (NothingRun, "ocs failed: bad usage, faults, refused, no cluster there, or nobody knows how the container ended"),
        (NeverStarted, "accepted, but the container never ran: it could not be started, or was stopped before"),
        (Interrupted, "interrupted (Ctrl-C); the job was stopped"),
        (OutputClosed, "whoever read the output has gone"),
    ];
}
