using System.Diagnostics;
using System.Text.Json;
using OrleansCluster.Tests.Docker.Images;

namespace OrleansCluster.Tests.Docker.Frameworks;

/// <summary>The example <c>infra/examples/mesos</c> as users run it: a scheduler of the npm package <c>mesos-framework</c>, as it is published.</summary>
internal sealed class NpmScheduler : IAsyncDisposable
{
    private const string Variable = "OCS_MESOS_CLIENT";
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private NpmScheduler(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where <c>infra/test</c> has put the package and its Node.js.</summary>
    public static string Require()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
            Assert.Skip($"{Variable} names no folder with the npm package mesos-framework (infra/test installs it where npm's registry is reached).");
        return folder;
    }

    public static NpmScheduler Start(string folder, string cluster, Uri address)
    {
        var start = new ProcessStartInfo(Path.Combine(Script.Root, "infra", "examples", "mesos", "run"), ["--client", folder, "--verbose", $"http://{address.Authority}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OCS_CLUSTER"] = cluster;
        start.Environment["OCS_ENGINE"] = Script.Engine;
        return new NpmScheduler(Process.Start(start) ?? throw new InvalidOperationException("The example did not start."));
    }

    /// <summary>What it says it was told of its tasks, in order: as it logs each update that it takes in.</summary>
    public IReadOnlyList<(string Task, string State)> Updates => [.. After("debug: UPDATE: ").Select(ToUpdate)];

    public IReadOnlyList<string> FrameworkIds => After("info: Framework Id is ");

    public IReadOnlyList<string> Errors => After("error: ERROR: ");

    /// <summary>Tasks that it was told ended well, in order.</summary>
    public IReadOnlyList<string> Finished => [.. Updates.Where(update => update.State == "TASK_FINISHED").Select(update => update.Task)];

    public async Task WaitFor(string what, Func<NpmScheduler, bool> condition)
    {
        using var patience = new CancellationTokenSource(_patience, TimeProvider.System);
        while (!condition(this))
        {
            if (patience.IsCancellationRequested || _process.HasExited)
                throw new TimeoutException($"expected that the scheduler {what} within {_patience}; it was told {string.Join(", ", Updates)} and wrote last:\n{string.Join('\n', Lines().TakeLast(30))}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Ctrl-C, and its end.</summary>
    public async Task<int> Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(_patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static (string Task, string State) ToUpdate(string json)
    {
        var status = JsonDocument.Parse(json).RootElement.GetProperty("status");
        return (status.GetProperty("task_id").GetProperty("value").GetString()!, status.GetProperty("state").GetString()!);
    }

    private IReadOnlyList<string> After(string begin) => [.. Lines().Where(line => line.StartsWith(begin, StringComparison.Ordinal)).Select(line => line[begin.Length..])];

    private List<string> Lines()
    {
        lock (_lines)
            return [.. _lines];
    }

    private void Keep(string? line)
    {
        lock (_lines)
            _lines.Add(line ?? "");
    }
}
