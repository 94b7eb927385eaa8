using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Shared;

/// <summary>The silo as users run it: a process of its own, which can be killed without warning.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _log;
    private readonly ServiceProvider _services;

    private SiloProcess(Process process, List<string> log, Uri address, string cluster)
    {
        (_process, _log, Address) = (process, log, address);
        _services = new ServiceCollection().AddLogging().AddClient(address, cluster).BuildServiceProvider();
        Client = _services.GetRequiredService<OrleansClusterClient>();
    }

    public OrleansClusterClient Client { get; }

    /// <summary>Where its API listens.</summary>
    public Uri Address { get; }

    public static async Task<SiloProcess> Start(string data, string cluster, params string[] options)
    {
        var (process, log) = Launch(data, cluster, options);
        var addressFile = AddressFile(data);
        using var patience = new CancellationTokenSource(_patience, TimeProvider.System);
        while (!File.Exists(addressFile))
        {
            if (patience.IsCancellationRequested || process.HasExited)
                throw new InvalidOperationException($"The silo did not come up: {Read(log)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return new SiloProcess(process, log, new Uri(await File.ReadAllTextAsync(addressFile)), cluster);
    }

    /// <summary>Starts the process and waits for nothing.</summary>
    /// <returns>It, and the lines that it writes, to be locked while they are read.</returns>
    public static (Process Process, List<string> Log) Launch(string data, string cluster, params string[] options)
    {
        File.Delete(AddressFile(data));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["exec", Path.Combine(AppContext.BaseDirectory, "ocs-silo.dll"), "--data", data, "--listen", "127.0.0.1:0", "--cluster", cluster, "--node", "host", .. options];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The silo's process did not start.");
        var log = new List<string>();
        process.OutputDataReceived += (_, line) => Keep(log, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(log, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, log);
    }

    /// <summary>SIGKILL: no goodbye, no flush.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and its end; containers run on.</summary>
    public async Task Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(_patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
    }

    public string Log => Read(_log);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
        await _services.DisposeAsync();
    }

    /// <summary>What such lines say.</summary>
    public static string Read(List<string> log)
    {
        lock (log)
            return string.Join('\n', log);
    }

    private static string AddressFile(string data) => Path.Combine(data, "api.address");

    private static void Keep(List<string> log, string? line)
    {
        lock (log)
            log.Add(line ?? "");
    }
}
