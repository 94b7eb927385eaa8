using System.Net;
using OrleansCluster.Silo.Api;
using OrleansCluster.Silo.Api.Hosting;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class LoopbackTests
{
    [Theory]
    [InlineData("127.0.0.1:7070", "127.0.0.1:7070")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("[::1]:7070", "[::1]:7070")]
    [InlineData("127.8.0.1:0", "127.8.0.1:0")]
    public void Parse_Loopback_Taken(string address, string expected) => Assert.Equal(expected, LoopbackAddress.Parse(address).ToString());

    [Theory]
    [InlineData("0.0.0.0:7070", "loopback only")]
    [InlineData("[::]:7070", "loopback only")]
    [InlineData("10.0.0.1:7070", "loopback only")]
    [InlineData("example.org:7070", "expected an address and a port")]
    [InlineData("127.0.0.1", "expected an address and a port")]
    [InlineData("http://127.0.0.1:7070", "expected an address and a port")]
    [InlineData("", "expected an address and a port")]
    public void Parse_AnythingElse_RefusedWithTheReason(string address, string expected)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => LoopbackAddress.Parse(address));

        Assert.Contains(expected, exception.Message);
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--Kestrel:Endpoints:Outside:Url=http://0.0.0.0:0")]
    public async Task Start_OtherAddressesConfigured_ListensOnLoopbackAlone(string argument)
    {
        await using var host = await ApiHost.Start(new ApiOptions(), argument);

        Assert.Equal("127.0.0.1", host.Address.Host);
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:1234", 200)]
    [InlineData("[::1]:7070", 200)]
    public async Task Get_HostHeader_OnlyLoopbackPasses(string name, int status)
    {
        await using var host = await ApiHost.Start();
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/jobs");
        request.Headers.Host = name;

        var reply = await host.Send(request);

        Assert.Equal(status, (int)reply.Status);
        if (status != 200)
            reply.FaultsOf(status, "untrusted-host");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task Post_PageOfAnotherOrigin_RefusedAndNothingDone(string origin)
    {
        await using var host = await ApiHost.Start();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs/a-1/stop");
        request.Headers.Add("Origin", origin);

        (await host.Send(request)).FaultsOf(403, "untrusted-origin");
        Assert.Empty(host.Grains.Keys);
    }

    [Fact]
    public async Task Post_PageOfThisOrigin_Passes()
    {
        await using var host = await ApiHost.Start();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = new StringContent(Samples.JobBody, null, "application/json") };
        request.Headers.Add("Origin", host.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(HttpStatusCode.Created, (await host.Send(request)).Status);
    }
}
