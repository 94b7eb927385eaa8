using System.Net;
using DnsClient;
using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Silo.Entry.Dns;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Names of services, asked for by somebody else's resolver.</summary>
public sealed class ServiceNameTests : IAsyncLifetime
{
    private const int Tasks = 30;

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-names-").FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private SimulatedSilo _silo = null!;
    private LookupClient _names = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SimulatedSilo.Start(_data, "--node-address", "10.0.0.11", "--dns", "127.0.0.1:0");
        _names = new LookupClient(new LookupClientOptions(_silo.Services.GetRequiredService<DnsService>().Address!) { UseCache = false, Timeout = TimeSpan.FromSeconds(30) });
        var spec = new ServiceSpec
        {
            Name = "web",
            DesiredCount = Tasks,
            Containers = [Container(["sleep", "1000000"], memory: 8) with { Resources = new Resources(10, 8, 0), Ports = [new PortMapping { Container = 80 }, new PortMapping { Container = 9100 }] }],
        };
        Assert.True((await _silo.Grain<IServiceGrain>(GrainKeys.Service("default", "web")).Put(spec, PutMode.Create)).IsAccepted);
        await foreach (var list in _silo.Client.Services.WatchEndpointsAsync("web", _patience.Token))
        {
            if (list.Endpoints.Length == Tasks)
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _patience.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Query_AddressOfAService_IsItsNodeForASecond()
    {
        var record = Assert.Single((await Ask("web.default.ocs.internal", QueryType.A)).Answers.ARecords());

        Assert.Equal((IPAddress.Parse("10.0.0.11"), 1), (record.Address, record.TimeToLive));
        Assert.Empty((await Ask("web.default.ocs.internal", QueryType.AAAA)).Answers);
    }

    [Fact]
    public async Task Query_PortsOfMoreTasksThanADatagramHolds_AreAllHadOverTcp()
    {
        var answer = await Ask("_http._tcp.web.default.ocs.internal", QueryType.SRV);
        var metrics = await Ask("_9100._tcp.web.default.ocs.internal", QueryType.SRV);

        Assert.Equal(Tasks, answer.Answers.SrvRecords().Select(record => record.Port).Distinct().Count());
        Assert.Empty(answer.Answers.SrvRecords().Select(record => record.Port).Intersect(metrics.Answers.SrvRecords().Select(record => record.Port)));
        var target = Assert.Single(answer.Answers.SrvRecords().Select(record => record.Target.Value).Distinct());
        Assert.Equal("ip-10-0-0-11.ocs.internal.", target);
        Assert.Equal(IPAddress.Parse("10.0.0.11"), Assert.Single(answer.Additionals.ARecords()).Address);
        Assert.Equal(IPAddress.Parse("10.0.0.11"), Assert.Single((await Ask(target, QueryType.A)).Answers.ARecords()).Address);
    }

    [Theory]
    [InlineData("nothing.default.ocs.internal", DnsHeaderResponseCode.NotExistentDomain)]
    [InlineData("a.b.c.ocs.internal", DnsHeaderResponseCode.NotExistentDomain)]
    [InlineData("default.ocs.internal", DnsHeaderResponseCode.NoError)]
    [InlineData("example.com", DnsHeaderResponseCode.Refused)]
    public async Task Query_OtherNames_AreNotThereOrSomebodyElses(string name, DnsHeaderResponseCode expected) =>
        Assert.Equal(expected, (await Ask(name, QueryType.A)).Header.ResponseCode);

    private Task<IDnsQueryResponse> Ask(string name, QueryType type) => _names.QueryAsync(name, type, cancellationToken: _patience.Token);
}
