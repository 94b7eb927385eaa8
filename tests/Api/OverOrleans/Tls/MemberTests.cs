using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;
using OrleansCluster.Tests.Shared;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.OverOrleans.Tls;

/// <summary>Clients and other services' silos of a deployment whose members know one another by certificates.</summary>
public sealed class MemberTests : IDisposable
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("ocs-tls-").FullName;
    private readonly TestAuthority _authority = new("authority");

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Members_OfTheAuthority_CallTheGrains()
    {
        await using var deployment = new Deployment();
        await StartSilo(deployment);

        var client = await deployment.StartClient(_authority.IssueTo(_directory, "client"));
        await client.SubmitAsync(Job("safe", Task("main")), key: "1");
        Assert.Equal(JobStatus.Succeeded, (await client.WaitForJobAsync("safe-1").WaitAsync(_soon)).Value!.Status);

        using var guest = await GuestSilo.Start(options => (options.Postgres, options.Tls) = (deployment.Postgres, _authority.IssueTo(_directory, "guest")));
        var job = await guest.Services.GetRequiredService<ClusterGrains>().WaitForJobAsync("safe-1").WaitAsync(_soon);
        Assert.Equal(JobStatus.Succeeded, job.Value!.Status);
        await guest.StopAsync();
    }

    [Fact]
    public async Task Clients_OfNobodyOrAnotherAuthority_AreNotLetIn()
    {
        await using var deployment = new Deployment();
        var silo = await StartSilo(deployment);
        using var other = new TestAuthority("other");

        // One after the other: a client that refuses the silo itself may end the connection before the silo has anything to say.
        await AssertStaysOutside(deployment, tls: null, _ => silo.Log.Contains("Authentication failed", StringComparison.Ordinal));
        await AssertStaysOutside(deployment, other.IssueTo(_directory, "alien"), log => log.Lines.Any(line => line.Contains("'CN=host' of the other side is refused", StringComparison.Ordinal)));
    }

    private async Task<SiloProcess> StartSilo(Deployment deployment)
    {
        var own = _authority.IssueTo(_directory, "host");
        return await deployment.StartSilo("host", "--tls-certificate", own.Certificate, "--tls-key", own.Key!, "--tls-authority", own.Authority);
    }

    /// <summary>Orleans tries again until it is told to stop.</summary>
    private static async Task AssertStaysOutside(Deployment deployment, OrleansClusterTlsOptions? tls, Func<LogLines, bool> isRefused)
    {
        using var log = new LogLines();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.UseOrleansClient(client => client.AddOrleansCluster(options => (options.Postgres, options.Tls) = (deployment.Postgres, tls)));
        using var host = builder.Build();
        using var stop = new CancellationTokenSource();

        var starting = host.StartAsync(stop.Token);
        await Poll.Until("the client is refused", () => System.Threading.Tasks.Task.FromResult(isRefused(log)));
        Assert.False(starting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting.WaitAsync(_soon));
    }
}
