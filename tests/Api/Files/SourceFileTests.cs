using OrleansCluster.Files;

namespace OrleansCluster.Tests.Api.Files;

/// <summary>What programs get of the reader that <c>ocs</c> uses; what it finds in files is tested with the commands.</summary>
public sealed class SourceFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocs-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadJob_Yaml_IsTheJob()
    {
        var path = Write("job.yaml", """
            name: copy
            tasks:
              - name: main
                count: 3
                containers:
                  - name: c
                    image: app
                    command: [sleep, 5]
                    resources: { cpu: 100, memory: 32 }
            """);

        var job = JobFile.Read(path);

        var task = Assert.Single(job.Tasks);
        Assert.Equal(("copy", "default", 50, 3), (job.Name, job.Team, job.Priority, task.Count));
        Assert.Equal(["sleep", "5"], Assert.Single(task.Containers).Command);
        Assert.Equal(new Resources(100, 32, 0), task.Containers[0].Resources);
    }

    [Fact]
    public void ReadTaskDefinition_Json_IsTheDefinition()
    {
        var path = Write("web.json", """{ "$schema": "x", "family": "web", "network": "HOST", "containers": [ { "name": "c", "image": "app", "resources": { "cpu": 1, "memory": 1 } } ] }""");

        var definition = TaskDefinitionFile.Read(path);

        Assert.Equal(("web", NetworkMode.Host, "app"), (definition.Family, definition.Network, definition.Containers[0].Image));
    }

    [Fact]
    public void Read_FileWithFaults_ListsAllWithTheirLines()
    {
        var path = Write("bad.yaml", "name: a\nteam: [x]\ntasks:\n  - count: two\n");

        var exception = Assert.Throws<SourceFileException>(() => JobFile.Read(path));

        Assert.Equal(
            [
                $"{path} has 3 faults",
                $"{path}:2:1: /team: Expected a string, found an array.",
                $"{path}:4:5: /tasks/0/count: Expected a whole number, found the string \"two\".",
                $"{path}:4:5: /tasks/0: The required field \"name\" is missing.",
            ],
            exception.Message.Split(Environment.NewLine));
        Assert.Equal(3, exception.Faults.Length);
        Assert.Equal((2, 1, "/team"), (exception.Faults[0].Line, exception.Faults[0].Column, exception.Faults[0].Path));
    }

    [Fact]
    public void Read_NoSuchFile_SaysSo()
    {
        var exception = Assert.Throws<SourceFileException>(() => SourceFile.Read<JobSpec>("no/such.yaml"));

        Assert.Equal("no/such.yaml cannot be read", exception.Title);
        Assert.EndsWith("no/such.yaml: there is no such file", exception.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
