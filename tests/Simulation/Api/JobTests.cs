using OrleansCluster.Files;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class JobTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(2, new SimulationOptions { Patience = TimeSpan.FromSeconds(30) });
    private readonly string _folder = Directory.CreateTempSubdirectory("ocs-simulation-").FullName;

    public async ValueTask InitializeAsync() => await _cluster.AddNode("n1", Specs.Node);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Submit_SameIdTwice_IsTheSameJob()
    {
        var first = await _cluster.Submit("job-a", Specs.Job("sleep 1"));
        var second = await _cluster.Submit("job-a", Specs.Job("sleep 1"));
        var other = await _cluster.Submit("job-a", Specs.Job("sleep 2"));

        Assert.Equal(first.Value!.CreatedAt, second.Value!.CreatedAt);
        Assert.Equal(RefusalKind.Conflict, other.Refusal!.Kind);
    }

    [Fact]
    public async Task Submit_Refused_ListsAllFaultsAndChangesNothing()
    {
        var spec = Specs.Job("true") with { Name = "Bad Name", Priority = 1000 };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => _cluster.Submit(spec));

        Assert.Contains("/name: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("/priority: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await _cluster.ListEvents(), entry => entry.Job.Length > 0);
    }

    [Fact]
    public async Task SubmitFile_Job_RunsIt()
    {
        var job = await _cluster.SubmitFile(Write("job.yaml", """
            name: nightly
            tasks:
              - name: main
                count: 2
                containers:
                  - { name: c, image: app, command: [sleep, 3], resources: { cpu: 100, memory: 32 } }
            """));

        Assert.StartsWith("nightly-", job.Id, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        Assert.Equal(2, (await _cluster.ListTasks(job.Id)).Count);
    }

    [Fact]
    public async Task SubmitFile_FileWithFaults_NamesTheirLines()
    {
        var path = Write("bad.yaml", "name: a\ntasks:\n  - name: b\n    count: two\n    containers: {}\n");

        var exception = await Assert.ThrowsAsync<SourceFileException>(() => _cluster.SubmitFile(path));

        Assert.Equal([(4, "/tasks/0/count"), (5, "/tasks/0/containers")], exception.Faults.Select(fault => (fault.Line!.Value, fault.Path)));
    }

    [Fact]
    public async Task SubmitFile_ClusterRefusesIt_NamesTheLinesOfAll()
    {
        var path = Write("refused.yaml", """
            name: Bad_Name
            tasks:
              - name: a
                dependsOn: [z]
                containers: [{ name: c, image: app, resources: { cpu: 100, memory: 32 } }]
            """);

        var exception = await Assert.ThrowsAsync<SourceFileException>(() => _cluster.SubmitFile(path));

        Assert.Contains($"{path}:1:1: /name: 'Bad_Name' is not a name", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{path}:4:17: /tasks/0/dependsOn/0: 'z' is no task of this job", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitFile_RelativePath_BeginsAtTheTestsProgram()
    {
        var exception = await Assert.ThrowsAsync<SourceFileException>(() => _cluster.SubmitFile("no-such.yaml"));

        Assert.Contains(Path.Combine(AppContext.BaseDirectory, "no-such.yaml"), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_TwiceAndFromAFile_MakesRevisionsForJobs()
    {
        var spec = new TaskDefinitionSpec { Family = "web", Containers = [Specs.Container("sleep 1")] };
        var first = await _cluster.Register(spec);
        var again = await _cluster.Register(spec);
        var second = await _cluster.RegisterFile(Write("web.yaml", "family: web\ncontainers:\n  - { name: c, image: app, resources: { cpu: 100, memory: 32 } }\n"));
        var job = await _cluster.Submit(new JobSpec { Name = "job", Tasks = [new JobTaskSpec { Name = "main", Definition = "web" }] });

        Assert.Equal(("web:1", "web:1", "web:2"), (first.Value!.Name, again.Value!.Name, second.Name));
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        Assert.Equal("web:2", Assert.Single(await _cluster.ListTasks(job.Id)).Definition);
    }

    [Fact]
    public async Task Register_Refused_SaysWhatIsWrong()
    {
        var answer = await _cluster.Register(new TaskDefinitionSpec { Family = "web", Containers = [] });
        var exception = await Assert.ThrowsAsync<SourceFileException>(() => _cluster.RegisterFile(Write("web.yaml", "family: web\ncontainers: []\n")));

        Assert.Contains(answer.Refusal!.Faults, fault => fault.Path == "/containers");
        Assert.Contains("web.yaml:2:1: /containers: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForJob_ItCanNeverEnd_FailsSayingWhereItsTasksAreAndWhatCameLast()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 1000000"));

        var exception = await Assert.ThrowsAsync<SimulationException>(() => _cluster.WaitForJob(job.Id));

        Assert.Equal($"Expected within 00:00:30 (SimulationOptions.Patience): job {job.Id} has ended. It is Running: {job.Id}.work.0 is Running on n1.", exception.Violation);
        Assert.Contains($"container {job.Id}.work.0/1/main on n1 is Running", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForJob_ItFitsNowhere_FailsWithTheExplanation()
    {
        var job = await _cluster.Submit(Specs.Job("true", cpu: 5000));

        var exception = await Assert.ThrowsAsync<SimulationException>(() => _cluster.WaitForJob(job.Id));

        Assert.Contains($"{job.Id}.work.0 is Provisioning (0/1 nodes: 1 insufficient CPU", exception.Violation, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WaitForJob_ContainerFails_ItHasFailed()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 1; exit 3"));

        Assert.Equal(JobStatus.Failed, (await _cluster.WaitForJob(job.Id)).Status);
        _cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task Jobs_NoSuchJob_IsSaidAtOnce()
    {
        Assert.Null(await _cluster.GetJob("none"));
        Assert.Empty(await _cluster.ListTasks("none"));
        Assert.Equal(RefusalKind.NotFound, (await _cluster.StopJob("none", "test")).Refusal!.Kind);
        Assert.Contains("There is no job none.", (await Assert.ThrowsAsync<ArgumentException>(() => _cluster.WaitForJob("none"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJob_ItRuns_EndsStopped()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 1000000"));
        await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);

        await _cluster.StopJob(job.Id, "enough");

        Assert.Equal(JobStatus.Stopped, (await _cluster.WaitForJob(job.Id)).Status);
        _cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task ListTasks_MoreThanOnePage_AreAllThere()
    {
        var job = await _cluster.Submit(Specs.Job("true", count: 1001, cpu: 1000));
        await _cluster.Until(async () => (await _cluster.ListTasks(job.Id)).Count == 1001, "all tasks are there");

        Assert.Equal(1001, (await _cluster.ListTasks(job.Id)).Select(task => task.Id).Distinct().Count());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
