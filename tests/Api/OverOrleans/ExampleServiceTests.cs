using System.Diagnostics;
using System.Reflection;
using OrleansCluster.Tests.Api.EndToEnd;

namespace OrleansCluster.Tests.Api.OverOrleans;

/// <summary>The service of <c>infra/examples/orleans-service</c>, as its README starts it.</summary>
public sealed class ExampleServiceTests
{
    [Fact]
    public async Task Service_AsASiloAndAsAClient_MakesItsReports()
    {
        await using var deployment = new Deployment();
        var silo = await deployment.StartSilo("host");

        var joined = await Run("--postgres", deployment.Postgres, "--day", "2026-08-01");
        var called = await Run("--postgres", deployment.Postgres, "--day", "2026-08-02", "--client");

        Assert.All([joined, called], lines => Assert.Contains("job.succeeded", lines[^1]));
        Assert.Equal("nightly-2026-08-01 Succeeded, written on node host", joined[0]);
        Assert.Equal("nightly-2026-08-02 Succeeded, written on node host", called[0]);

        // The deployment goes on without the silo that has left, and did not come to own any of its grains' classes.
        var job = await silo.Client.Jobs.SubmitAsync(Specs.Job("after", Specs.Task("main")));
        Assert.Equal(JobStatus.Succeeded, (await silo.Client.WaitForEnd(job.Id)).Status);
    }

    private static async Task<string[]> Run(params string[] arguments)
    {
        var program = typeof(ExampleServiceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "NightlyReports").Value!;
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await error}");
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
