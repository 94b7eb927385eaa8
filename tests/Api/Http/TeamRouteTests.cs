using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OrleansCluster.Tests.Api.Http;

public sealed class TeamRouteTests
{
    private const string Body = """{ "teams": [{ "name": "research", "weight": 2, "maximum": { "cpu": 4000 } }] }""";
    private static readonly DateTimeOffset _hour = new(2026, 11, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Put_Teams_ReachTheGrainAndAllTeamsAreTheAnswer()
    {
        await using var host = await ApiHost.Start();

        var reply = await Put(host, Body);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("a", Assert.Single(reply.As<Page<TeamView>>().Items).Name);
        var team = Assert.Single(host.Grains.ClusterState().Declared!.Teams);
        Assert.Equal(("research", 2, 4000L), (team.Name, team.Weight, team.Maximum!.Cpu));
    }

    [Fact]
    public async Task Put_FaultsOfForm_AllInOneAnswerAndNobodyIsAsked()
    {
        await using var host = await ApiHost.Start();

        var faults = (await Put(host, """{ "teams": [{ "nam": "research", "weight": "x" }] }""")).FaultsOf(400, "invalid-input");

        Assert.Contains(faults, fault => fault.StartsWith("/teams/0/nam:", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("/teams/0/weight:", StringComparison.Ordinal));
        Assert.Null(host.Grains.ClusterState().Declared);
    }

    [Fact]
    public async Task Put_GrainRefuses_AllItsFaultsInTheProblem()
    {
        await using var host = await ApiHost.Start();
        host.Grains.ClusterState().Refusal = Refusal.Invalid("The teams have 2 faults.", [new("/teams/0/weight", "one"), new("/teams/0/parent", "two")]);

        Assert.Equal(["/teams/0/weight: one", "/teams/0/parent: two"], (await Put(host, Body)).FaultsOf(400, "invalid-input"));
    }

    [Fact]
    public async Task ListAndGet_Teams_OkAndNotFoundAndTheETagOfTheDeclaration()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal("a", Assert.Single((await host.Get("/v1/teams")).As<Page<TeamView>>().Items).Name);
        var reply = await host.Get("/v1/teams/a?cluster=other");

        Assert.Equal("teams other", host.Queries.Asked);
        Assert.Equal("a", reply.As<TeamView>().Name);
        Assert.Equal("\"3\"", reply.Headers.ETag!.Tag);
        (await host.Get("/v1/teams/b")).FaultsOf(404, "not-found");
        (await host.Get("/v1/teams?weight=1")).FaultsOf(400, "invalid-query");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("\"7\"", "7")]
    public async Task Delete_Team_ReachesTheGrainWithItsETag(string? header, string? etag)
    {
        await using var host = await ApiHost.Start();

        var reply = await Delete(host, "research", header);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(("research", etag), host.Grains.ClusterState().Deleted);
    }

    [Fact]
    public async Task Delete_GrainRefuses_ConflictAndNotFound()
    {
        await using var host = await ApiHost.Start();

        host.Grains.ClusterState().Refusal = Refusal.Conflict("Team research has children.");
        (await Delete(host, "research", etag: null)).FaultsOf(409, "conflict");
        host.Grains.ClusterState().Refusal = Refusal.NotFound("Nobody has declared research.");
        (await Delete(host, "research", etag: null)).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Usage_Times_ReachTheGrainAndRowsAreTheAnswer()
    {
        await using var host = await ApiHost.Start();
        host.Grains.ClusterState().Usage = [Usage("research", 90)];

        var reply = await host.Get("/v1/teams/usage?from=2026-11-01T10:00:00Z&to=2026-11-02T10:00:00Z");

        Assert.Equal(90m, Assert.Single(reply.As<Page<TeamUsage>>().Items).CoreSeconds);
        Assert.Equal((_hour, _hour.AddDays(1)), host.Grains.ClusterState().Asked);
    }

    [Fact]
    public async Task Usage_WithoutTimes_IsThatOfTheLastDay()
    {
        await using var host = await ApiHost.Start();

        await host.Get("/v1/teams/usage");

        Assert.Equal(TimeSpan.FromDays(1), host.Grains.ClusterState().Asked!.Value.To - host.Grains.ClusterState().Asked!.Value.From);
    }

    [Fact]
    public async Task Usage_AsCsv_IsOneLineARow()
    {
        await using var host = await ApiHost.Start();
        host.Grains.ClusterState().Usage = [Usage("research", 90)];

        using var answer = await host.Client.GetAsync(new Uri("/v1/teams/usage?format=csv", UriKind.Relative));

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("\r\nresearch,2026-11-01T10:00:00Z,90,0,0,0,0\r\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format=xml", "format: Expected json or csv")]
    [InlineData("from=yesterday", "from: ")]
    [InlineData("from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "from: Expected a time up to 366 days")]
    [InlineData("from=2024-01-01T00:00:00Z&to=2026-11-01T00:00:00Z", "from: Expected a time up to 366 days")]
    public async Task Usage_BadInput_IsToldAndNobodyIsAsked(string query, string expected)
    {
        await using var host = await ApiHost.Start();

        Assert.Contains(expected, Assert.Single((await host.Get($"/v1/teams/usage?{query}")).FaultsOf(400, "invalid-query")), StringComparison.Ordinal);
        Assert.Null(host.Grains.ClusterState().Asked);
    }

    private static TeamUsage Usage(string team, decimal coreSeconds) => new()
    {
        Team = team,
        Hour = _hour,
        CoreSeconds = coreSeconds,
        MemoryMibSeconds = 0,
        DiskMibSeconds = 0,
        GpuThousandthSeconds = 0,
        ClaimSeconds = 0,
    };

    private static Task<Reply> Put(ApiHost host, string body) => host.Send(new HttpRequestMessage(HttpMethod.Put, "/v1/teams")
    {
        Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
    });

    private static Task<Reply> Delete(ApiHost host, string team, string? etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/teams/{team}");
        if (etag is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(etag));
        return host.Send(request);
    }
}
