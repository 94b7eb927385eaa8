using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.OverOrleans;

/// <summary>What <c>AddOrleansCluster</c> refuses.</summary>
public sealed class HostingTests
{
    [Fact]
    public void AddToClient_BadOptions_NamesEveryFault()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Host.CreateApplicationBuilder().UseOrleansClient(client => client.AddOrleansCluster(options =>
        {
            options.Cluster = "";
            options.Postgres = "Host=here";
        })));

        Assert.Collection(
            thrown.Failures,
            fault => Assert.StartsWith("Cluster is '';", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith("Postgres names no host or no database;", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void AddToClient_NoConnectionString_DoesNotRepeatIt()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() =>
            Host.CreateApplicationBuilder().UseOrleansClient(client => client.AddOrleansCluster(options => options.Postgres = "Host=here;Secret=hush")));

        Assert.StartsWith("Postgres is no connection string (", Assert.Single(thrown.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", thrown.Message);
    }

    [Fact]
    public void AddToSilo_BadOptions_NamesEveryFault()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var thrown = Assert.Throws<OptionsValidationException>(() => Host.CreateApplicationBuilder().UseOrleans(silo => silo.AddOrleansCluster(options =>
        {
            options.Postgres = "Host=here;Database=there";
            options.Address = "0.0.0.0";
            (options.SiloPort, options.GatewayPort) = (port, 70_000);
        })));

        Assert.Collection(
            thrown.Failures,
            fault => Assert.StartsWith("Address is '0.0.0.0'; expected one on loopback", fault, StringComparison.Ordinal),
            fault => Assert.Equal($"SiloPort is {port}, where another process listens; expected a free one.", fault),
            fault => Assert.Equal("GatewayPort is 70000; expected 1 to 65535.", fault));
    }

    [Fact]
    public void AddToSilo_TlsFilesAreGone_NamesEachOption()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Host.CreateApplicationBuilder().UseOrleans(silo => silo.AddOrleansCluster(options =>
        {
            options.Postgres = "Host=here;Database=there";
            options.Address = "192.0.2.254";
            options.Tls = new OrleansClusterTlsOptions { Certificate = "/gone/a", Authority = "" };
        })));

        Assert.Collection(
            thrown.Failures,
            fault => Assert.StartsWith("Tls.Certificate: '/gone/a' cannot be read (", fault, StringComparison.Ordinal),
            fault => Assert.Equal("Tls.Authority: found without a file's name; expected one.", fault),
            fault => Assert.Equal("Address is '192.0.2.254'; expected an address that this machine has.", fault));
    }
}
