using System.Text;
using OrleansCluster.Grains.Tasks.Validation;
using OrleansCluster.Silo.Api.Json;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class StrictJsonTests
{
    [Fact]
    public void Read_GoodJob_AllItsParts()
    {
        var spec = StrictJson.Read<JobSpec>(Bytes(Samples.JobBody), _ => []).Value;

        Assert.Equal(("wordcount", 50, 100), (spec?.Name, spec?.Priority, spec?.Tasks[0].Containers[0].Resources.Cpu));
        Assert.Equal(["true"], spec?.Tasks[0].Containers[0].Command);
    }

    [Fact]
    public void Read_ManyFaults_AllOfThemEachAtItsPlace()
    {
        var faults = FaultsOf<JobSpec>(
            """
            { "name": "x", "priority": "high", "owner": "me", "name": "y", "tasks": [
                { "count": 1.5, "depends_on": ["a"], "network": "BRIGE" },
                null,
                { "name": "b", "count": 4294967296, "dependsOn": ["a", null, 3], "volumes": {},
                  "containers": [{ "name": "c", "image": null, "resources": 5, "essential": 1,
                                   "environment": { "PORT": 8080, "PORT": "1" }, "ports": [{ "host": 1, "container": 2, "protocol": "tcp" }] }] }] }
            """);

        Assert.Equal(
            [
                "/priority: Expected a whole number, found the string \"high\".",
                "/owner: Unknown field \"owner\"; known here: name, team, priority, tasks, timeout, startAt, dependsOn",
                "/name: \"name\" is there twice.",
                "/tasks/0/count: Expected a whole number from -2147483648 to 2147483647, found 1.5.",
                "/tasks/0/depends_on: Unknown field \"depends_on\"; did you mean \"dependsOn\"?",
                "/tasks/0/network: Expected one of BRIDGE, HOST, NONE, found \"BRIGE\".",
                "/tasks/0: The required field \"name\" is missing.",
                "/tasks/1: Expected an object, found null.",
                "/tasks/2/count: Expected a whole number from -2147483648 to 2147483647, found 4294967296.",
                "/tasks/2/dependsOn/1: Expected a string, found null.",
                "/tasks/2/dependsOn/2: Expected a string (in quotes), found the number 3.",
                "/tasks/2/volumes: Expected an array, found an object.",
                "/tasks/2/containers/0/image: \"image\" cannot be null: leave it out or give it a value.",
                "/tasks/2/containers/0/resources: Expected an object, found the number 5.",
                "/tasks/2/containers/0/essential: Expected true or false, found the number 1.",
                "/tasks/2/containers/0/environment/PORT: Expected a string (in quotes), found the number 8080.",
                "/tasks/2/containers/0/environment/PORT: \"PORT\" is there twice.",
                "/tasks/2/containers/0/ports/0/protocol: Expected one of TCP, UDP, found \"tcp\".",
            ],
            faults);
    }

    [Theory]
    [InlineData("""{ "name": "x", "tasks": [], "Name": "y" }""", "/Name: Unknown field \"Name\"; did you mean \"name\"?")]
    [InlineData("""{ "name": "x" }""", ": The required field \"tasks\" is missing.")]
    [InlineData("""{ "name": "x", "tasks": [], "a/b~c": 1 }""", "/a~1b~0c: Unknown field \"a/b~c\"; known here: name, team, priority, tasks, timeout, startAt, dependsOn")]
    [InlineData("[]", ": Expected an object, found an array.")]
    [InlineData("null", ": Expected an object, found null.")]
    [InlineData("""{ "name": "\ud800", "tasks": [] }""", "/name: The string has an escape that is no character.")]
    [InlineData("""{ "name": "x", "tasks": [], "\ud800": 1 }""", ": The name of a field has an escape that is no character.")]
    public void Read_OneFault_SaysWhatAndWhere(string json, string expected) => Assert.Equal([expected], FaultsOf<JobSpec>(json));

    [Fact]
    public void Read_NullWhereItMayBe_IsAbsent()
    {
        var spec = StrictJson.Read<JobSpec>(Bytes("""{ "name": "x", "tasks": [{ "name": "a", "definition": null }] }"""), _ => []).Value;

        Assert.Null(spec?.Tasks[0].Definition);
    }

    [Theory]
    [InlineData("", "Line 1, byte 1")]
    [InlineData("{\n  \"name\": \"x\",\n}", "Line 3, byte 1")]
    [InlineData("{\"name\": 'x'}", "Line 1, byte 10")]
    [InlineData("{} {}", "Line 1, byte 4")]
    public void Read_NoJson_LineAndByte(string json, string place)
    {
        var problem = StrictJson.Read<JobSpec>(Bytes(json), _ => []).Problem;

        Assert.Equal("urn:ocs:problem:malformed-json", problem?.Type);
        Assert.StartsWith(place, problem?.Detail);
        Assert.DoesNotContain("BytePositionInLine", problem?.Detail);
    }

    [Fact]
    public void Read_NotUtf8_Refused()
    {
        var problem = StrictJson.Read<JobSpec>(new byte[] { (byte)'"', 0xff, (byte)'"' }, _ => []).Problem;

        Assert.Equal("The body is not UTF-8 text.", problem?.Detail);
    }

    [Fact]
    public void Read_NestedTooDeep_Refused()
    {
        var problem = StrictJson.Read<JobSpec>(Bytes(new string('[', 1000)), _ => []).Problem;

        Assert.Equal("urn:ocs:problem:malformed-json", problem?.Type);
    }

    [Fact]
    public void Read_MoreFaultsThanShown_TheRestIsCounted()
    {
        var unknown = string.Join(",", Enumerable.Range(0, 150).Select(i => $"\"zzz{i}\": 1"));

        var faults = FaultsOf<JobSpec>($$"""{ "name": "x", "tasks": [], {{unknown}} }""");

        Assert.Equal((101, ": and 50 more faults"), (faults.Length, faults[^1]));
    }

    [Theory]
    [InlineData("dependson", "dependsOn")]
    [InlineData("comand", "command")]
    [InlineData("stop-timeout", "stopTimeout")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void Find_MisspeltName_TheNearest(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["dependsOn", "command", "stopTimeout", "name"]));

    [Fact]
    public void Read_FaultsOfFormAndOfRules_TellsBothInOneAnswer()
    {
        const string Json = """{ "name": "Bad_Name", "priorty": 1, "tasks": [{ "name": "a", "count": 0, "definition": "app", "colour": "red" }] }""";

        var problem = StrictJson.Read<JobSpec>(Bytes(Json), JobValidator.Validate).Problem!;

        Assert.Equal(["/priorty", "/tasks/0/colour", "/name", "/tasks/0/count"], problem.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Read_FormThatCannotBeUnderstood_TellsOnlyOfTheForm()
    {
        var problem = StrictJson.Read<JobSpec>(Bytes("""{ "name": "Bad_Name", "tasks": 5 }"""), JobValidator.Validate).Problem!;

        Assert.Equal(["/tasks"], problem.Faults.Select(fault => fault.Path));
    }

    private static string[] FaultsOf<T>(string json)
        where T : class =>
        [.. StrictJson.Read<T>(Bytes(json), _ => []).Problem?.Faults.Select(fault => $"{fault.Path}: {fault.Message}") ?? []];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
