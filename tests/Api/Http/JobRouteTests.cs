using System.Net;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class JobRouteTests
{
    [Fact]
    public async Task Submit_WithoutKey_TwoJobsOfThatName()
    {
        await using var host = await ApiHost.Start();

        var first = await host.Post("/v1/jobs", Samples.JobBody);
        var second = await host.Post("/v1/jobs", Samples.JobBody);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, second.Status));
        Assert.Matches("^wordcount-[a-z][a-z0-9]{7}$", first["id"]);
        Assert.NotEqual(first["id"], second["id"]);
        Assert.Equal($"/v1/jobs/{first["id"]}", first.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Submit_SameKeySameBody_SecondIsOkWithTheSameJob()
    {
        await using var host = await ApiHost.Start();

        var first = await host.Post("/v1/jobs", Samples.JobBody, "key-1");
        var second = await host.Post("/v1/jobs", Samples.JobBody, "key-1");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Matches("^wordcount-[a-z][a-z0-9]{9}$", first["id"]);
        Assert.Equal((HttpStatusCode.OK, first["id"]), (second.Status, second["id"]));
    }

    [Fact]
    public async Task Plan_ThenSubmitIt_SameAnswerTwice()
    {
        await using var host = await ApiHost.Start();

        var plan = await host.Post("/v1/jobs/plan", Samples.JobBody);
        var first = await host.Post("/v1/jobs/planned", plan.Json.GetRawText());
        var second = await host.Post("/v1/jobs/planned", plan.Json.GetRawText());

        Assert.Equal(HttpStatusCode.OK, plan.Status);
        Assert.Contains("\"nodeVersion\":\"9007199254740993\"", plan.Json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Created, plan["jobId"]), (first.Status, first["id"]));
        Assert.Equal((HttpStatusCode.OK, plan["jobId"]), (second.Status, second["id"]));
    }

    [Fact]
    public async Task SubmitPlan_FaultsOfAllKinds_AreToldAtOnce()
    {
        await using var host = await ApiHost.Start();

        var shape = await host.Post("/v1/jobs/planned", """{ "jobId": "a", "spec": { "name": "", "tasks": [] }, "placements": [{ "task": "a", "indexes": ["x"], "node": "n", "version": 1 }] }""");
        var sense = await host.Post("/v1/jobs/planned", """{ "jobId": "A", "spec": { "name": "", "tasks": [] } }""");

        Assert.Equal(
            ["/placements/0", "/placements/0/indexes/0", "/placements/0/version"],
            shape.FaultsOf(400, "invalid-input").Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(["/jobId", "/spec/name", "/spec/tasks"], sense.FaultsOf(400, "invalid-input").Select(fault => fault.Split(':')[0]));
    }

    [Fact]
    public async Task Submit_SameKeyOtherBody_Conflict()
    {
        await using var host = await ApiHost.Start();
        await host.Post("/v1/jobs", Samples.JobBody, "key-1");

        var reply = await host.Post("/v1/jobs", Samples.JobBody.Replace("true", "false"), "key-1");

        Assert.Empty(reply.FaultsOf(409, "conflict"));
        Assert.StartsWith("This Idempotency-Key has been used with another body.", reply["detail"]);
    }

    [Fact]
    public async Task Submit_SameKeyInAnotherCluster_AnotherJob()
    {
        await using var host = await ApiHost.Start();

        var first = await host.Post("/v1/jobs", Samples.JobBody, "key-1");
        var second = await host.Post("/v1/jobs?cluster=test", Samples.JobBody, "key-1");

        Assert.Equal(HttpStatusCode.Created, second.Status);
        Assert.NotEqual(first["id"], second["id"]);
        Assert.Equal($"/v1/jobs/{second["id"]}?cluster=test", second.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Submit_BadKeys_BadRequest()
    {
        await using var host = await ApiHost.Start();

        foreach (var keys in new string[][] { ["has space"], [new('k', 129)], ["one", "two"] })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = new StringContent(Samples.JobBody, null, "application/json") };
            request.Headers.Add("Idempotency-Key", keys);
            (await host.Send(request)).FaultsOf(400, "bad-request");
        }

        Assert.Empty(host.Grains.Keys);
    }

    [Fact]
    public async Task Submit_NameThatIsNoName_StaysOutOfTheGrainKey()
    {
        await using var host = await ApiHost.Start();

        await host.Post("/v1/jobs", Samples.JobBody.Replace("wordcount", "a/b"), "key-1");

        Assert.Matches("^job/default/job-[a-z][a-z0-9]{9}$", Assert.Single(host.Grains.Keys));
    }

    [Fact]
    public async Task List_Filters_ReachTheQuery()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get("/v1/jobs?status=succeeded&after=a-0&limit=7&cluster=test");

        Assert.Equal("jobs test Succeeded a-0 7", host.Queries.Asked);
        Assert.Equal(("a-1", "a-1"), (reply.As<Page<JobView>>().Items.Single().Id, reply["next"]));
    }

    [Fact]
    public async Task List_NoFilters_DefaultClusterAndHundred()
    {
        await using var host = await ApiHost.Start();

        await host.Get("/v1/jobs");

        Assert.Equal("jobs default   100", host.Queries.Asked);
    }

    [Fact]
    public async Task Get_KnownAndUnknown_OkAndNotFound()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Job("a-1").View = Samples.Job("a-1", "a");

        var known = await host.Get("/v1/jobs/a-1");
        var unknown = await host.Get("/v1/jobs/a-2");

        Assert.Equal(("a-1", "RUNNING", "7"), (known["id"], known["status"], known["version"]));
        unknown.FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Get_IdThatIsNone_NotFoundAndNoGrainAsked()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get("/v1/jobs/A%2FB");

        reply.FaultsOf(404, "not-found");
        Assert.Empty(host.Grains.Keys);
    }

    [Fact]
    public async Task Get_WaitForOtherVersion_AnswersOnceItChanged()
    {
        await using var host = await ApiHost.Start();
        var job = host.Grains.Job("a-1");
        job.View = Samples.Job("a-1", "a");
        var change = new TaskCompletionSource<JobView?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        job.OnWatch = () =>
        {
            watching.TrySetResult();
            return change.Task;
        };

        var pending = host.Get("/v1/jobs/a-1?version=7&wait=60");
        await watching.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(pending.IsCompleted);
        change.SetResult(job.View with { Version = 8, Status = JobStatus.Succeeded });
        var reply = await pending;

        Assert.Equal(("8", "SUCCEEDED"), (reply["version"], reply["status"]));
        Assert.All(job.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Get_WaitAndVersionHasChangedAlready_AnswersAtOnce()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Job("a-1").View = Samples.Job("a-1", "a");

        var reply = await host.Get("/v1/jobs/a-1?version=6&wait=60");

        Assert.Equal("7", reply["version"]);
        Assert.Empty(host.Grains.Job("a-1").Waits);
    }

    [Fact]
    public async Task Get_WaitWithoutVersionAndTooLong_TwoFaults()
    {
        await using var host = await ApiHost.Start();

        var tooLong = await host.Get("/v1/jobs/a-1?version=1&wait=61");
        var alone = await host.Get("/v1/jobs/a-1?wait=5");

        Assert.Equal(["?wait: Expected a whole number from 0 to 60, found \"61\"."], tooLong.FaultsOf(400, "invalid-query"));
        Assert.StartsWith("?wait: Expected \"version\"", Assert.Single(alone.FaultsOf(400, "invalid-query")));
    }

    [Fact]
    public async Task Stop_TwiceWithAndWithoutReason_BothOk()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Job("a-1").View = Samples.Job("a-1", "a");

        var first = await host.Post("/v1/jobs/a-1/stop", """{ "reason": "no longer needed" }""");
        var second = await host.Post("/v1/jobs/a-1/stop", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(("STOPPING", "no longer needed"), (second["status"], host.Grains.Job("a-1").StopReason));
    }

    [Fact]
    public async Task Stop_Unknown_NotFound()
    {
        await using var host = await ApiHost.Start();

        (await host.Post("/v1/jobs/a-1/stop", null)).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Stop_UnknownFieldAndEmptyReason_Refused()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Job("a-1").View = Samples.Job("a-1", "a");

        var unknown = await host.Post("/v1/jobs/a-1/stop", """{ "reson": "x" }""");
        var empty = await host.Post("/v1/jobs/a-1/stop", """{ "reason": "" }""");

        Assert.Equal(["/reson: Unknown field \"reson\"; did you mean \"reason\"?"], unknown.FaultsOf(400, "invalid-input"));
        Assert.Single(empty.FaultsOf(400, "invalid-input"));
        Assert.Null(host.Grains.Job("a-1").StopReason);
    }
}
