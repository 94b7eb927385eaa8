using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace OrleansCluster.Tests.Docker.Frameworks;

/// <summary>The npm package <c>mesos-framework</c> as it is published, and an example of its own that it runs by the Node.js of its time; in it nothing is changed but the master's address.</summary>
internal sealed class NpmScheduler : IAsyncDisposable
{
    private const string Variable = "OCS_MESOS_CLIENT";
    private const string Address = "\"172.17.11.101\"";
    private const string Port = "5050";
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _script;
    private readonly string _directory;
    private readonly List<string> _lines = [];

    private NpmScheduler(Process process, string script, string directory)
    {
        (_process, _script, _directory) = (process, script, directory);
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

    public static NpmScheduler Start(string folder, string example, int port)
    {
        var examples = Path.Combine(folder, "node_modules", "mesos-framework", "examples");
        var text = File.ReadAllText(Path.Combine(examples, example));
        Assert.Single(text.Split(Address).Skip(1));
        Assert.Single(text.Split($"\"port\": {Port},").Skip(1));

        // Beside the original, since it names the package by its place.
        var script = Path.Combine(examples, $"ocs-{Guid.NewGuid():N}.js");
        File.WriteAllText(script, text.Replace(Address, "\"127.0.0.1\"").Replace($"\"port\": {Port},", string.Create(CultureInfo.InvariantCulture, $"\"port\": {port},")));
        var directory = Directory.CreateTempSubdirectory("ocs-mesos-").FullName;

        // Where it writes its log.
        Directory.CreateDirectory(Path.Combine(directory, "logs"));
        var start = new ProcessStartInfo(Path.Combine(folder, "bin", "node"), [script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        return new NpmScheduler(Process.Start(start) ?? throw new InvalidOperationException("Node.js did not start."), script, directory);
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

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        File.Delete(_script);
        Directory.Delete(_directory, recursive: true);
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
