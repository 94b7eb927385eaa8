using System.Diagnostics;
using System.Globalization;
using OrleansCluster.Silo.Agent;

namespace OrleansCluster.Silo.Hosting.Fencing;

/// <summary>
/// Keeps a guard of this node running beside the silo: <c>ocs-silo fence-guard</c>, a process that goes on when this one is killed, and stops the node's
/// containers when the lease in the file is over.
/// </summary>
internal sealed partial class GuardProcess(AgentOptions agent, string dockerEndpoint, TimeProvider clock, ILogger<GuardProcess> logger) : IFenceGuard
{
    private readonly LeaseFile _lease = new(Folder(agent), clock);
    private readonly FencedFile _fenced = new(Folder(agent));

    public void Extend(TimeSpan remaining)
    {
        try
        {
            _lease.Write(remaining);
            if (!GuardLock.IsTaken(Folder(agent)))
                Start();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            // The agent itself stops its tasks in time, as long as it lives.
            LogUnguarded(logger, exception, agent.Node);
        }
    }

    public bool HasFenced(string containerId) => _fenced.Has(containerId);

    private static string Folder(AgentOptions agent) => Directory.CreateDirectory(agent.DataDirectory!).FullName;

    private void Start()
    {
        // Pipes of its own, which nobody reads: whoever waits for the end of the silo's output must not wait for the guard's.
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

        // Where the silo runs as "dotnet ocs-silo.dll".
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        string[] arguments =
        [
            GuardProgram.Verb, "--folder", Folder(agent), "--docker-host", dockerEndpoint, "--cluster", agent.Cluster, "--node", agent.Node,
            "--fence-milliseconds", agent.FenceTimeout.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        LogStarted(logger, process.Id, agent.Node);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Process {Id} guards the lease of node {Node}")]
    private static partial void LogStarted(ILogger logger, int id, string node);

    [LoggerMessage(Level = LogLevel.Error, Message = "Node {Node} has no guard: if this process is killed, its containers run on after its lease is over")]
    private static partial void LogUnguarded(ILogger logger, Exception exception, string node);
}
