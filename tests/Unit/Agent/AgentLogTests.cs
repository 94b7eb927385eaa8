using OrleansCluster.Silo.Agent.Logs;
using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>Reading containers' logs through the agent.</summary>
public sealed class AgentLogTests
{
    [Fact]
    public async Task Ask_AnEndedContainer_ReadsPageByPageToTheEnd()
    {
        await using var harness = new AgentHarness();
        var claim = await Run(harness, "echo one; echo two; echo three");
        await harness.UntilState(claim, TaskState.Stopped);
        await harness.UntilGone(claim);

        var first = await harness.Node.Ask(claim, "main", from: 0, limit: 2, TimeSpan.Zero);
        var second = await harness.Node.Ask(claim, "main", first.Next, limit: 2, TimeSpan.Zero);

        Assert.Equal(["one", "two"], first.Lines.Select(line => line.Text));
        Assert.False(first.IsEnd);
        Assert.Equal(["three"], second.Lines.Select(line => line.Text));
        Assert.True(second.IsEnd);
    }

    [Fact]
    public async Task Ask_ARunningContainer_WaitsForTheNextLineAndSeesTheEnd()
    {
        await using var harness = new AgentHarness();
        var claim = await Run(harness, "echo one; sleep 10; echo two; sleep 10; exit 0");
        await harness.UntilState(claim, TaskState.Running);

        var first = await harness.Node.Ask(claim, "main", 0, 100, TimeSpan.Zero);
        // The first request starts the copying; its line may come with the first or the second answer.
        if (first.Lines.IsEmpty)
            first = await harness.Node.Ask(claim, "main", 0, 100, TimeSpan.FromMinutes(1));
        Assert.Equal(["one"], first.Lines.Select(line => line.Text));
        Assert.False(first.IsEnd);

        var waiting = harness.Node.Ask(claim, "main", first.Next, 100, TimeSpan.FromMinutes(1));
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        var second = await waiting;
        Assert.Equal(["two"], second.Lines.Select(line => line.Text));

        var end = harness.Node.Ask(claim, "main", second.Next, 100, TimeSpan.FromMinutes(1));
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty((await end).Lines);
        Assert.True((await end).IsEnd);
    }

    [Fact]
    public async Task Ask_NothingComes_AnswersWhenTheWaitIsOver()
    {
        await using var harness = new AgentHarness();
        var claim = await Run(harness, "sleep 600");
        await harness.UntilState(claim, TaskState.Running);

        var waiting = harness.Node.Ask(claim, "main", 0, 100, TimeSpan.FromSeconds(5));
        await harness.Until(() => waiting.IsCompleted, "an answer", TimeSpan.FromMilliseconds(500));

        Assert.Empty((await waiting).Lines);
        Assert.False((await waiting).IsEnd);
    }

    [Theory]
    [InlineData("job.step.99", "main")]
    [InlineData("../../etc", "passwd")]
    [InlineData("job.step.1", "../main")]
    public async Task Ask_ALogThatIsNot_SaysSo(string taskId, string container)
    {
        await using var harness = new AgentHarness();
        harness.Start();

        var answer = await harness.Node.Ask(Claim(taskId), container, 0, 100, TimeSpan.FromMinutes(1));

        Assert.Empty(answer.Lines);
        Assert.True(answer.IsEnd);
        Assert.NotNull(answer.Note);
    }

    [Fact]
    public async Task Ask_AContainerThatFailedToStart_GivesTheReason()
    {
        await using var harness = new AgentHarness();
        harness.Node.ReleasesOnStop = false;
        var claim = harness.Define(Container("main") with { Image = "missing/app" });
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Stopped);

        var answer = await harness.Node.Ask(claim, "main", 0, 100, TimeSpan.FromMinutes(1));

        Assert.Equal("CannotPullContainerError: No such image: missing/app", answer.Note);
    }

    [Fact]
    public async Task Ask_ALogOverItsLimit_IsCutOffWithANote()
    {
        await using var harness = new AgentHarness();
        harness.Options = harness.Options with { LogBytes = 1024 };
        var claim = await Run(harness, string.Join(';', Enumerable.Range(0, 100).Select(i => $"echo line {i}")));
        await harness.UntilState(claim, TaskState.Stopped);
        await harness.UntilGone(claim);

        var answer = await harness.Node.Ask(claim, "main", 0, 1000, TimeSpan.Zero);

        Assert.InRange(answer.Lines.Length, 2, 50);
        Assert.Equal("line 0", answer.Lines[0].Text);
        Assert.Contains("cut off", answer.Lines[^1].Text);
        Assert.True(answer.IsEnd);
    }

    [Fact]
    public async Task Ask_AfterARestartInTheMiddle_ReadsTheWholeLogOnce()
    {
        await using var harness = new AgentHarness();
        var claim = await Run(harness, "echo one; sleep 60; echo two");
        await harness.UntilState(claim, TaskState.Running);
        var first = await harness.Node.Ask(claim, "main", 0, 100, TimeSpan.FromMinutes(1));
        await harness.Stop();
        harness.Start();
        await harness.Until(() => harness.Node.Registrations.Count == 2, "a second session");
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        await harness.UntilGone(claim);

        var rest = await harness.Node.Ask(claim, "main", first.Next, 100, TimeSpan.Zero);

        Assert.Equal(["one", "two"], first.Lines.Concat(rest.Lines).Select(line => line.Text));
        Assert.Equal(2, File.ReadAllLines(harness.LogPath(claim, "main")).Length);
    }

    [Fact]
    public void Read_AnOffsetInTheMiddleOfALine_SkipsToTheNext()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var writer = new LogWriter(path, 1 << 20))
            {
                foreach (var text in new[] { "one", "two" })
                    writer.Write(new LogLine(DateTimeOffset.UnixEpoch, "stdout", text));
                writer.Complete();
            }

            var piece = LogFile.Read(path, 5, 10)!;

            Assert.Equal(["two"], piece.Lines.Select(line => line.Text));
            Assert.True(piece.AtEnd);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Reconcile_OldAndManyLogs_AreRemovedOnlyWhereNoTaskIsLeft()
    {
        await using var harness = new AgentHarness();
        harness.Options = harness.Options with { LogTasks = 2 };
        var logs = Directory.CreateDirectory(Path.Combine(harness.Options.DataDirectory!, "logs"));
        foreach (var (name, age) in new[] { ("a", 0), ("b", 1), ("c", 2), ("d", 30) })
            logs.CreateSubdirectory(name).LastWriteTimeUtc = harness.Clock.GetUtcNow().UtcDateTime.AddDays(-age);
        harness.Node.Assign(harness.Define(Container("main", "sleep", "600")) with { TaskId = "d" });
        harness.Start();

        await harness.Until(() => logs.GetDirectories().Length == 3, "the third newest removed");

        Assert.Equal(["a", "b", "d"], logs.GetDirectories().Select(task => task.Name).Order());
    }

    private static async Task<Claim> Run(AgentHarness harness, string script)
    {
        var claim = harness.Define(Container("main", "sh", "-c", script));
        harness.Start();
        await harness.Until(() => harness.Node.Session is not null, "a session");
        harness.Node.Assign(claim);
        return claim;
    }
}
