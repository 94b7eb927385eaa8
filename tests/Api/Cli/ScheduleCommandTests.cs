using System.Text.Json;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class ScheduleCommandTests : CliTest
{
    private const string File =
        """
        name: nightly
        cron: 30 2 * * *
        job:
          name: report
          tasks:
            - name: t
              containers: [{ name: c, image: app, resources: { cpu: 100, memory: 32 } }]
        """;

    private static ScheduleView Nightly { get; } = new()
    {
        Spec = new ScheduleSpec { Name = "nightly", Cron = "30 2 * * *", TimeZone = "Europe/Berlin", Job = new JobSpec { Name = "report", Tasks = [new JobTaskSpec { Name = "t" }] } },
        CreatedAt = InstantTime.Now.AddDays(-3),
        Next = InstantTime.Now.AddHours(14),
        Runs =
        [
            new ScheduleRun { Moment = InstantTime.Now.AddHours(-10), Outcome = ScheduleOutcome.Overlapped, Reason = "Job nightly-run-a has not ended." },
            new ScheduleRun { Moment = InstantTime.Now.AddHours(-34), Outcome = ScheduleOutcome.Refused, Job = "nightly-b", Reason = "The job has 1 fault.", Faults = [new Fault("/tasks/0/definition", "gone")] },
        ],
    };

    [Fact]
    public async Task Apply_File_PutsItAndSaysWhenItStarts()
    {
        Cluster.OnJson("PUT /v1/schedules/nightly", Nightly);

        var result = await RunAsync("schedule", "apply", WriteFile("nightly.yaml", File));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("Schedule nightly: next start ", result.Out, StringComparison.Ordinal);
        Assert.Equal("30 2 * * *", JsonDocument.Parse(Cluster.Requests.Single().Body).RootElement.GetProperty("cron").GetString());
    }

    [Fact]
    public async Task Apply_ClusterRefusesIt_NamesTheLinesOfAll()
    {
        Cluster.OnProblem("PUT /v1/schedules/nightly", 400, "The schedule has 2 faults.", new Fault("/cron", "it is none"), new Fault("/job/tasks/0/name", "it is none"));
        var file = WriteFile("nightly.yaml", File);

        var result = await RunAsync("schedule", "apply", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:2:1: /cron: it is none", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:6:7: /job/tasks/0/name: it is none", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FileWithFaults_AsksNobody()
    {
        var result = await RunAsync("schedule", "apply", WriteFile("bad.yaml", File.Replace("cron:", "crom:", StringComparison.Ordinal)));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("/crom: Unknown field", result.Error, StringComparison.Ordinal);
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task ListAndShow_Schedule_SayWhenItStartsAndWhatBecameOfTheLast()
    {
        Cluster.OnJson("GET /v1/schedules", Samples.PageOf(next: null, Nightly));
        Cluster.OnJson("GET /v1/schedules/nightly", Nightly);

        Assert.Matches(@"\nnightly +30 2 \* \* \* Europe/Berlin +\S.* +OVERLAPPED 10h ago", (await RunAsync("schedule", "list")).Out);
        var shown = (await RunAsync("schedule", "show", "nightly")).Out;
        Assert.Matches(@"Missed +RUN_ONCE, after 60 s", shown);
        Assert.Contains("OVERLAPPED", shown, StringComparison.Ordinal);
        Assert.Contains("/tasks/0/definition: gone.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PauseResumeDelete_Schedule_SayWhatIs()
    {
        Cluster.OnJson("POST /v1/schedules/nightly/pause", Nightly with { Spec = Nightly.Spec with { Paused = true }, Next = null });
        Cluster.OnJson("POST /v1/schedules/nightly/resume", Nightly);
        Cluster.OnJson("DELETE /v1/schedules/nightly", Nightly);

        Assert.Equal("Schedule nightly: next start paused.\n", (await RunAsync("schedule", "pause", "nightly")).Out);
        Assert.StartsWith("Schedule nightly: next start 2", (await RunAsync("schedule", "resume", "nightly")).Out, StringComparison.Ordinal);
        Assert.Equal("Schedule nightly is deleted.\n", (await RunAsync("schedule", "delete", "nightly")).Out);
    }

    [Theory]
    [InlineData(ScheduleOutcome.Started, 0, "Job nightly-run-x is started. Watch it: ocs job watch nightly-run-x\n")]
    [InlineData(ScheduleOutcome.Overlapped, 3, "Nothing is started, OVERLAPPED: Job a has not ended.\n")]
    public async Task Run_Schedule_SaysWhetherAJobIsStarted(ScheduleOutcome outcome, int exitCode, string expected)
    {
        Cluster.OnJson("POST /v1/schedules/nightly/run", new ScheduleRun { Moment = InstantTime.Now, Outcome = outcome, Job = "nightly-run-x", Reason = "Job a has not ended." });

        var result = await RunAsync("schedule", "run", "nightly");

        Assert.Equal((exitCode, expected), (result.ExitCode, result.Out));
        Assert.NotEqual("", Cluster.Requests.Single().IdempotencyKey);
    }
}
