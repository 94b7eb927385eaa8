using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.Sdk;

public sealed class RegistrationTests
{
    [Fact]
    public void AddOrleansClusterClient_OptionsOutOfRange_ReportsAllFaults()
    {
        var services = new ServiceCollection();
        services.AddOrleansClusterClient(options =>
        {
            options.Address = new Uri("ftp://somewhere");
            options.Cluster = "";
            options.Attempts = 0;
        });
        using var provider = services.BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<OrleansClusterClient>());

        Assert.Equal(3, refusal.Failures.Count());
    }

    [Fact]
    public async Task GetAsync_NobodyListens_IsUnreachableAndNamesTheAddress()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new InstantTime());
        services.AddOrleansClusterClient(options => options.Address = new Uri("http://127.0.0.1:1/ocs"));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<OrleansClusterClient>();

        var failure = await Assert.ThrowsAsync<ClusterUnreachableException>(() => client.Nodes.GetAsync("host-1"));

        Assert.Contains("http://127.0.0.1:1", failure.Message, StringComparison.Ordinal);
    }
}
