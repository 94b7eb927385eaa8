using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Client;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Tests.Api.EndToEnd;
using OrleansCluster.Tests.Api.Http;
using OrleansCluster.Tests.Store.Postgres;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.OverOrleans;

/// <summary>A silo of another service beside one of ours.</summary>
public sealed class GuestSiloTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Guest_JoinsAndCallsTheGrains_HostsNoneOfThemAndIsNoPeer()
    {
        using var schema = new PostgresSchema();
        var data = Directory.CreateTempSubdirectory("ocs-guest-").FullName;
        try
        {
            await using var silo = await SimulatedSilo.Start(data, "--postgres", schema.ConnectionString, "--migrate", "true");
            using var guest = await GuestSilo.Start(options => options.Postgres = schema.ConnectionString);
            var cluster = guest.Services.GetRequiredService<ClusterGrains>();
            var (ours, theirs) = (AddressOf(silo.Services), AddressOf(guest.Services));

            await cluster.SubmitAsync(Job("guest", Task("main", 20)), key: "1");
            var ended = await cluster.WaitForTaskAsync("guest-1.main.7").WaitAsync(_soon);
            await cluster.WaitForJobAsync("guest-1").WaitAsync(_soon);

            Assert.True(ended.Value!.Succeeded);
            var living = await silo.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
            var grains = living.Where(g => g.GrainType.StartsWith("OrleansCluster.", StringComparison.Ordinal)).ToList();
            Assert.Contains(grains, g => g.GrainType.Contains("JobGrain", StringComparison.Ordinal));
            Assert.All(grains, g => Assert.Equal(ours, g.SiloAddress));
            var membership = silo.Services.GetRequiredService<IClusterMembershipService>();
            await Poll.Until("the guest is a member", () => System.Threading.Tasks.Task.FromResult(membership.CurrentSnapshot.GetSiloStatus(theirs) == SiloStatus.Active));
            await Poll.Until("it is no peer", () => System.Threading.Tasks.Task.FromResult(silo.Services.GetRequiredService<ISiloPeers>().Others.IsEmpty));
            await guest.StopAsync();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static SiloAddress AddressOf(IServiceProvider services) => services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
}
