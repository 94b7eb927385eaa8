using System.Diagnostics;

namespace OrleansCluster.Tests.Docker.EndToEnd;

/// <summary><c>ocs</c> as users run it: a process of its own, which can be interrupted.</summary>
internal sealed class OcsProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private OcsProcess(Process process) => (_process, _output, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    public static OcsProcess Start(Uri address, string cluster, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "ocs.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["OCS_ADDRESS"] = address.ToString();
        start.Environment["OCS_CLUSTER"] = cluster;
        return new OcsProcess(Process.Start(start) ?? throw new InvalidOperationException("ocs did not start."));
    }

    /// <summary>Ctrl-C.</summary>
    public async Task Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<(int ExitCode, string Out, string Error)> WaitForEnd()
    {
        using var patience = new CancellationTokenSource(_patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
