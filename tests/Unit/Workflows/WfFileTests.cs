using OrleansCluster.Benchmarks.Workflows.Format;

namespace OrleansCluster.Tests.Unit.Workflows;

public sealed class WfFileTests
{
    [Fact]
    public async Task Read_Diamond_HasItsTasksRuntimesCoresAndMachines()
    {
        var file = await Wf.ReadDiamond();

        var workflow = Assert.IsType<Benchmarks.Workflows.Workflow>(file.Workflow);
        Assert.Equal(("Diamond 1", 40), (workflow.Name, workflow.PublishedSeconds));
        Assert.Equal(["Split_01", "Work_01", "Work_02", "Merge_01"], workflow.Tasks.Select(task => task.Id));
        Assert.Equal([1.5, 10, 20.25, 3], workflow.Tasks.Select(task => task.RuntimeSeconds));
        Assert.Equal([2, 1, 1, 1], workflow.Tasks.Select(task => task.Cores));
        Assert.Equal([[], [0], [0], [1, 2]], workflow.Tasks.Select(task => task.Parents.ToArray()));
        Assert.Equal([2, 4], workflow.Machines);
        Assert.Equal(["3 tasks have no cores recorded: 1 is taken"], file.Notes);
    }

    [Fact]
    public async Task Read_NamesInPlaceOfIds_AreFoundWhereTheyAreUnique()
    {
        var file = await Wf.Read(
            """[{"name":"a","id":"1"},{"name":"b","id":"2","parents":["a"]},{"name":"c","id":"3","parents":["2"]}]""",
            """{"tasks":[{"id":"b","runtimeInSeconds":2}]}""");

        Assert.Equal([[], [0], [1]], file.Workflow!.Tasks.Select(task => task.Parents.ToArray()));
        Assert.Equal([0, 2, 0], file.Workflow.Tasks.Select(task => task.RuntimeSeconds));
        Assert.Contains("2 tasks have no runtime recorded: 0 s is taken", file.Notes);
    }

    [Fact]
    public async Task Read_OnlyChildrenAreNamed_TheyHaveTheirParents()
    {
        var file = await Wf.Read("""[{"id":"a","children":["b"]},{"id":"b"}]""", "null");

        Assert.Equal([0], file.Workflow!.Tasks[1].Parents);
        Assert.Empty(file.Workflow.Machines);
        Assert.Null(file.Workflow.PublishedSeconds);
    }

    [Fact]
    public async Task Read_MachineWithoutCoresAndRecordOfNoTask_AreNoted()
    {
        var file = await Wf.Read("""[{"id":"a"}]""", """{"tasks":[{"id":"a","runtimeInSeconds":1,"coreCount":1},{"id":"z","runtimeInSeconds":1}],"machines":[{"nodeName":"x"},{"nodeName":"y","cpu":{"coreCount":3}}]}""");

        Assert.Equal([3], file.Workflow!.Machines);
        Assert.Equal(["1 task has a record but no place among the tasks: left out", "1 machine has no cores recorded: left out"], file.Notes);
    }

    [Fact]
    public async Task Read_ManyFaults_TellsAllOfThemWithTheirPlaces()
    {
        var file = await Wf.Read(
            """[{"id":"a","parents":["nobody","a"]},{"id":"a"},{"name":""},{"id":"c","parents":["d"]},{"id":"d","parents":["c"]},{"id":"e","parents":"a"}]""",
            """{"makespanInSeconds":-1,"tasks":[{"id":"c","runtimeInSeconds":"long"},{"id":"c","runtimeInSeconds":1}],"machines":[{"cpu":{"coreCount":0}}]}""");

        Assert.Null(file.Workflow);
        var text = file.Faults.ToText();
        foreach (var fault in (string[])
            [
                "/workflow/specification/tasks/0/parents/0: 'nobody' is no task of this workflow",
                "/workflow/specification/tasks/0/parents/1: 'a' is this task itself",
                "/workflow/specification/tasks/1: 'a' is the id of /workflow/specification/tasks/0, too",
                "/workflow/specification/tasks/2/name: expected a text",
                "/workflow/specification/tasks/3: its parents go in a circle: c → d → c",
                "/workflow/specification/tasks/5/parents: expected a list",
                "/workflow/execution/makespanInSeconds: -1 found; expected a number, 0 at least",
                "/workflow/execution/tasks/0/runtimeInSeconds: \"long\" found",
                "/workflow/execution/tasks/1: 'c' was recorded before",
                "/workflow/execution/machines/0/cpu/coreCount: 0 found",
            ])
        {
            Assert.Contains(fault, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "/: expected an object")]
    [InlineData("{}", "/: expected 'workflow'")]
    [InlineData("""{"schemaVersion":"1.4","workflow":{"tasks":[]}}""", "schemaVersion '1.4' found; expected 1.5")]
    [InlineData("""{"workflow":{"specification":{"tasks":[]}}}""", "expected 'tasks', at least one")]
    [InlineData("""{"workflow":{"specification":{"tasks":[7]}}}""", "/workflow/specification/tasks/0: expected an object")]
    public async Task Read_NoWorkflow_SaysWhatIsExpected(string json, string fault)
    {
        var file = await Wf.Read(json);

        Assert.Null(file.Workflow);
        Assert.Contains(fault, file.Faults.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NoSuchFile_SaysSo() =>
        Assert.Contains("no-such-file.json", (await WfFile.Read(new FileInfo("no-such-file.json"), CancellationToken.None)).Faults.ToText(), StringComparison.Ordinal);
}
