using System.Diagnostics;
using System.Globalization;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>A server of a test's own, to be stopped and killed.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _directory;

    public PostgresServer()
    {
        PostgresSchema.ServerOrSkip();
        _directory = Directory.CreateTempSubdirectory("ocs-pg-").FullName;
        Start();
    }

    public string ConnectionString => $"Host={_directory};Username=ocs;Database=postgres";

    public void Start() => Run("start");

    public void Stop() => Run("stop");

    /// <summary>SIGKILL to all of its processes, the first one first, so that it cannot tell the others to end in order.</summary>
    public void Kill()
    {
        var first = int.Parse(File.ReadLines(Path.Combine(_directory, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var children = File.ReadAllText($"/proc/{first}/task/{first}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var id in children.Select(child => int.Parse(child, CultureInfo.InvariantCulture)).Prepend(first))
            KillOne(id);
    }

    public void Dispose() => Run("remove");

    private static void KillOne(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private void Run(string verb)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", "set -euo pipefail; source infra/lib/postgres.sh; ocs_postgres_$1 \"$2\"", "bash", verb, _directory },
            WorkingDirectory = Root(),
            RedirectStandardError = true,
        })!;
        var said = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, $"ocs_postgres_{verb} {_directory}: {said}");
    }

    public static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "OrleansCluster.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("There is no OrleansCluster.sln above the tests.");
        return directory.FullName;
    }
}
