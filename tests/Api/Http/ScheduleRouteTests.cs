using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class ScheduleRouteTests
{
    [Fact]
    public async Task Put_Schedule_ReachesItsGrainAndIsShown()
    {
        await using var host = await ApiHost.Start();

        var reply = await Put(host, "nightly", Samples.ScheduleBody);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var spec = reply.As<ScheduleView>().Spec;
        Assert.Equal(("30 2 * * *", "Europe/Berlin", OverlapPolicy.Queue, MissedPolicy.RunOnce, 60), (spec.Cron, spec.TimeZone, spec.Overlap, spec.Missed, spec.MissedAfter));
        Assert.Equal("nightly", (await host.Get("/v1/schedules/nightly")).As<ScheduleView>().Spec.Name);
    }

    [Fact]
    public async Task Put_FaultsOfFormAndOfRules_AllInOneAnswer()
    {
        await using var host = await ApiHost.Start();

        var faults = (await Put(host, "nightly", Samples.ScheduleBody.Replace("30 2 * * *", "x").Replace("\"split\"", "\"Bad\"").Replace("\"QUEUE\"", "\"WAIT\""))).FaultsOf(400, "invalid-input");

        Assert.Contains(faults, fault => fault.StartsWith("/overlap: Expected one of SKIP, ALLOW, REPLACE, QUEUE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_GrainRefuses_AllItsFaultsInTheProblem()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Schedule("nightly").Refusal = Refusal.Invalid("The schedule has 2 faults.", [new("/cron", "one"), new("/job/priority", "two")]);

        Assert.Equal(["/cron: one", "/job/priority: two"], (await Put(host, "nightly", Samples.ScheduleBody)).FaultsOf(400, "invalid-input"));
    }

    [Fact]
    public async Task Put_NameThatIsNoName_StaysOutOfTheGrainKey()
    {
        await using var host = await ApiHost.Start();

        await Put(host, "Bad_Name", Samples.ScheduleBody);

        Assert.Equal(["schedule/default/invalid"], host.Grains.Keys);
    }

    [Fact]
    public async Task PauseResumeDelete_Schedule_DoAsTheySay()
    {
        await using var host = await ApiHost.Start();
        await Put(host, "nightly", Samples.ScheduleBody);

        Assert.True((await host.Post("/v1/schedules/nightly/pause", "")).As<ScheduleView>().Spec.Paused);
        Assert.False((await host.Post("/v1/schedules/nightly/resume", "")).As<ScheduleView>().Spec.Paused);
        Assert.Equal("nightly", (await host.Send(new HttpRequestMessage(HttpMethod.Delete, "/v1/schedules/nightly"))).As<ScheduleView>().Spec.Name);
        (await host.Send(new HttpRequestMessage(HttpMethod.Delete, "/v1/schedules/nightly"))).FaultsOf(404, "not-found");
        (await host.Get("/v1/schedules/nightly")).FaultsOf(404, "not-found");
        (await host.Get("/v1/schedules/NIGHTLY")).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Run_SameKeyTwice_IsTheSameRun()
    {
        await using var host = await ApiHost.Start();

        await host.Post("/v1/schedules/nightly/run", "", "k1");
        var first = host.Grains.Schedule("nightly").RunKey;
        var again = (await host.Post("/v1/schedules/nightly/run", "", "k1")).As<ScheduleRun>();
        var other = (await host.Post("/v1/schedules/nightly/run", "")).As<ScheduleRun>();

        Assert.Equal($"nightly-run-{first}", again.Job);
        Assert.NotEqual(again.Job, other.Job);
    }

    [Fact]
    public async Task List_Paging_ReachesTheQuery()
    {
        await using var host = await ApiHost.Start();

        await host.Get("/v1/schedules?after=a&limit=5");

        Assert.Equal("schedules default a 5", host.Queries.Asked);
    }

    private static Task<Reply> Put(ApiHost host, string name, string body) => host.Send(new HttpRequestMessage(HttpMethod.Put, $"/v1/schedules/{name}")
    {
        Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
    });
}
