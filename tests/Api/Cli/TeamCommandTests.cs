using System.Text.Json;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class TeamCommandTests : CliTest
{
    private const string File =
        """
        teams:
          - name: research
            weight: 2
            maximum: { cpu: 4000, memory: 8192 }
        """;

    private static TeamView Research { get; } = new()
    {
        Name = "research",
        IsDeclared = true,
        Weight = 2,
        Minimum = new ResourceLimits { Cpu = 1000 },
        Maximum = new ResourceLimits { Cpu = 4000, Memory = 8192 },
        Used = new ResourceTotals(1500, 2048, 0, 0),
        Claims = 3,
        Queued = 5,
        DominantShare = 0.125,
        DominantResource = "cpu",
        ETag = "7",
    };

    private static TeamView Guest { get; } = new() { Name = "guest", IsDeclared = false, Parent = null, Used = default };

    [Fact]
    public async Task Apply_File_SendsItAsItIsAndSaysHowManyAreDeclared()
    {
        Cluster.OnJson("PUT /v1/teams", Samples.PageOf(next: null, Research, Guest));

        var result = await RunAsync("team", "apply", WriteFile("teams.yaml", File));

        Assert.Equal((0, "1 teams are declared.\n", ""), (result.ExitCode, result.Out, result.Error));
        Assert.Equal(4000, JsonDocument.Parse(Cluster.Requests.Single().Body).RootElement.GetProperty("teams")[0].GetProperty("maximum").GetProperty("cpu").GetInt32());
    }

    [Fact]
    public async Task Apply_ClusterRefusesIt_NamesTheLinesOfAll()
    {
        Cluster.OnProblem("PUT /v1/teams", 400, "The teams have 2 faults.", new Fault("/teams/0/weight", "too much"), new Fault("/teams/0/maximum/cpu", "too little"));
        var file = WriteFile("teams.yaml", File);

        var result = await RunAsync("team", "apply", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:3:5: /teams/0/weight: too much", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:16: /teams/0/maximum/cpu: too little", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FileWithFaults_AsksNobody()
    {
        var result = await RunAsync("team", "apply", WriteFile("bad.yaml", File.Replace("weight:", "wieght:", StringComparison.Ordinal)));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("/teams/0/wieght: Unknown field", result.Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task List_Teams_SaysWhatTheyUseOfWhatTheyMay()
    {
        Cluster.OnJson("GET /v1/teams", Samples.PageOf(next: null, Research, Guest));

        var lines = (await RunAsync("team", "list")).Out.Split('\n');

        Assert.Matches(@"^research +- +2 +12\.5% cpu +3 +5 +1\.5 \(min 1, max 4\) +2 GiB \(max 8 GiB\)", lines[1]);
        Assert.Matches(@"^guest +- +1 +0% +0 +0 +0 +0 MiB", lines[2]);
    }

    [Fact]
    public async Task Show_DeclaredAndUndeclared_SaysSo()
    {
        Cluster.OnJson("GET /v1/teams/research", Research);
        Cluster.OnJson("GET /v1/teams/guest", Guest);

        Assert.Matches(@"Declared +yes, ETag 7\n", (await RunAsync("team", "show", "research")).Out);
        Assert.Matches(@"Declared +no: weight 1, no minimum, no maximum\n", (await RunAsync("team", "show", "guest")).Out);
        Assert.Equal("research", JsonDocument.Parse((await RunAsync("team", "show", "research", "--json")).Out).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Show_Unknown_IsRefused()
    {
        var result = await RunAsync("team", "show", "nobody");

        Assert.Equal(3, result.ExitCode);
        Assert.NotEqual("", result.Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("7")]
    public async Task Delete_Team_SendsItsETag(string? etag)
    {
        string? sent = null;
        Cluster.On("DELETE /v1/teams/research", context =>
        {
            sent = context.Request.Headers.IfMatch.ToString();
            return FakeCluster.WriteAsync(context, new TeamSet { Teams = [] }, 200, "application/json");
        });

        var result = await RunAsync(["team", "delete", "research", .. etag is null ? Array.Empty<string>() : ["--etag", etag]]);

        Assert.Equal((0, "Team research is not declared any more.\n"), (result.ExitCode, result.Out));
        Assert.Equal(etag is null ? "" : $"\"{etag}\"", sent);
    }

    [Fact]
    public async Task Delete_ItHasChildren_IsRefused()
    {
        Cluster.OnProblem("DELETE /v1/teams/research", 409, "Team research has children.");

        var result = await RunAsync("team", "delete", "research");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("Team research has children.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_OfATime_PrintsHoursAndCsvBySeconds()
    {
        var row = new TeamUsage
        {
            Team = "research",
            Hour = new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero),
            CoreSeconds = 5400,
            MemoryMibSeconds = 1024 * 3600,
            DiskMibSeconds = 0,
            GpuThousandthSeconds = 1_800_000,
            ClaimSeconds = 3600,
        };
        Cluster.OnJson("GET /v1/teams/usage", Samples.PageOf(next: null, row));

        var table = await RunAsync("team", "usage", "--from", "2026-11-01", "--to", "2026-11-02T00:00:00Z");
        var csv = await RunAsync("team", "usage", "--csv");

        Assert.Matches(@"\n2026-11-01 10:00Z +research +1\.5 +1 +0\.5", table.Out);
        Assert.Contains("to=2026-11-02T00%3A00%3A00.000Z", Cluster.Requests.First().Query, StringComparison.Ordinal);
        Assert.EndsWith("\r\nresearch,2026-11-01T10:00:00Z,5400,3686400,0,1800000,3600\r\n", csv.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_TimeThatIsNone_AsksNobody()
    {
        var result = await RunAsync("team", "usage", "--from", "yesterday");

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(Cluster.Requests);
    }
}
