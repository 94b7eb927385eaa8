using OrleansCluster.Client;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>Teams from the SDK to the claims, and over a restart.</summary>
public sealed class TeamTests : IDisposable
{
    private static readonly JobTaskSpec _work = new()
    {
        Name = "first", Count = 4, Containers = [Container(["sleep", "1000"]) with { Resources = new Resources(100, 32, 0) }],
    };

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-team-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Apply_Teams_AreShownHeldToTheirMaximumAndBilledAlsoAfterARestart()
    {
        string job;
        await using (var silo = await SimulatedSilo.Start(_data))
        {
            await Poll.Until("the node has joined", async () => await silo.Client.Nodes.ListAsync().CountAsync() == 1);
            var faults = await Assert.ThrowsAsync<ClusterApiException>(() => silo.Client.Teams.ApplyAsync(new TeamSet { Teams = [Team("a", 200) with { Weight = 0, Parent = "x" }] }));
            Assert.Equal(["/teams/0/weight", "/teams/0/parent"], faults.Faults.Select(fault => fault.Path));

            var teams = await silo.Client.Teams.ApplyAsync(new TeamSet { Teams = [Team("a", 200)] });
            Assert.Equal(("a", true, 200L), (teams.Items.Single().Name, teams.Items.Single().IsDeclared, teams.Items.Single().Maximum!.Cpu!.Value));
            job = (await silo.Client.Jobs.SubmitAsync(Job("work", _work) with { Team = "a" })).Id;
            await Poll.Until("the team is at its maximum", async () => await silo.Client.Teams.GetAsync("a") is { Claims: > 0, Queued: > 0 });
        }

        await using var again = await SimulatedSilo.Start(_data);
        await Poll.Until("the team is as it was", async () => await again.Client.Teams.GetAsync("a") is { IsDeclared: true, Claims: > 0, Queued: > 0, Used.Cpu: <= 200 });
        await Poll.Until("its usage is there", async () => (await again.Client.Teams.GetUsageAsync(null, null)).Items.Any(row => row is { Team: "a", CoreSeconds: > 0 }));
        await again.Client.Jobs.StopAsync(job, "the test has seen enough");
        var refused = await Assert.ThrowsAsync<ClusterApiException>(() => again.Client.Teams.DeleteAsync("a", "77"));
        Assert.Equal(409, refused.Status);
        await again.Client.Teams.DeleteAsync("a", (await again.Client.Teams.GetAsync("a")).ETag);
    }

    private static TeamSpec Team(string name, long cpu) => new() { Name = name, Maximum = new ResourceLimits { Cpu = cpu } };
}
