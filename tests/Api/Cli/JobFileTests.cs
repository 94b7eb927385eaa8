using System.Text;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class JobFileTests : CliTest
{
    [Fact]
    public async Task Submit_ManyFaults_NamesTheLineOfEachAndAsksNobody()
    {
        var file = WriteFile("bad.yaml", """
            name: 5
            tasks:
              - name: a
                count: two
                depends_on: [b]
                containers:
                  - name: c
                    image: busybox
                    command: [sleep, 5, true, ~, "6"]
                    environment: { A: 1, B: 1.0, C: no }
                    resources: { cpu: 100, memory: 1.5 }
                    essential: "false"
                    dependsOn: [{ container: q, condition: started }]
                    name: again
                volumes: &v
                  - { name: w, host: /x }
              - *v
              - count: 99999999999
            """);

        var result = await RunAsync("job", "submit", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            [
                "4:5: /tasks/0/count: Expected a whole number, found the string \"two\".",
                "5:5: /tasks/0/depends_on: Unknown field \"depends_on\"; expected perhaps \"dependsOn\".",
                "9:35: /tasks/0/containers/0/command/3: Expected a string, found nothing.",
                "11:32: /tasks/0/containers/0/resources/memory: Expected a whole number, found the number 1.5.",
                "12:9: /tasks/0/containers/0/essential: Expected true or false, found the string \"false\".",
                "13:37: /tasks/0/containers/0/dependsOn/0/condition: Expected one of START, COMPLETE, SUCCESS, HEALTHY, found the string \"started\".",
                "14:9: /tasks/0/containers/0/name: \"name\" is there twice, first in line 7.",
                "15:14: /tasks/0/volumes: Anchors (&v) are not supported; expected the value alone.",
                "17:5: /tasks/1: Aliases (*v) are not supported; expected the value itself.",
                "18:5: /tasks/2/count: Expected a whole number, found the number 99999999999.",
                "18:5: /tasks/2: The required field \"name\" is missing.",
            ],
            FaultsOf(result, file));
        Assert.Empty(Cluster.Requests);
    }

    [Theory]
    [InlineData("", "1:1: The file is empty.")]
    [InlineData("# only a comment\n", "1:1: The file is empty.")]
    [InlineData("hello", "1:1: Expected an object, found the string \"hello\".")]
    [InlineData("- a\n- b\n", "1:1: Expected an object, found an array.")]
    [InlineData("name: a\ntasks: []\n---\nname: b\n", "3:1: A second document begins here; expected one document in a file.")]
    [InlineData("name: a\ntasks: []\nteam: !!str 5\n", "3:7: /team: Tags (tag:yaml.org,2002:str) are not supported; put a value in quotes to make it text.")]
    [InlineData("name: a\ntasks: []\npriority: .inf\n", "3:11: /priority: Expected a finite number, found .inf.")]
    [InlineData("name: a\ntasks: [\n", "3:1: It is not YAML: ")]
    [InlineData("name: a\ntasks:\n\t- name: b\n", "3:1: It is not YAML: While scanning a mapping, found invalid tab as indentation.")]
    [InlineData("name: \"a\ntasks: []\n", "2:1: It is not YAML: ")]
    [InlineData("name: a\nteam: @x\n", "2:7: It is not YAML: ")]
    [InlineData("name: {b: c\nd: e", "1:8: It is not YAML: what follows this cannot be read.")]
    [InlineData("{ \"name\": 1, \"name\": ", "1:22: It is not YAML: ")]
    [InlineData("name: \"\\ud800\"\n", "1:")]
    [InlineData("{ \"name\": \"\\ud800\" }", "1:11: /name: It has an escape that is no character.")]
    [InlineData("{ \"\\ud800\": 1 }", "1:3: It has an escape that is no character.")]
    [InlineData("? [a, b]\n: c\n", "1:3: A field's name is not text; expected a plain name.")]
    public async Task Submit_BadText_SaysWhereAndWhat(string text, string expected)
    {
        var file = WriteFile("bad.yaml", text);

        var result = await RunAsync("job", "submit", file);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(expected, FaultsOf(result, file).Single(), StringComparison.Ordinal);
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task Submit_NotText_SaysSo()
    {
        var binary = await RunAsync("job", "submit", WriteFile("binary.yaml", [0x7f, 0x45, 0x4c, 0x46, 0x00, 0x01]));
        var latin = await RunAsync("job", "submit", WriteFile("latin.yaml", [.. "name: caf"u8, 0xe9]));
        var large = await RunAsync("job", "submit", WriteFile("large.yaml", new byte[(8 * 1024 * 1024) + 1]));

        Assert.Contains("binary.yaml: it is not text: byte 4 is 0", binary.Error, StringComparison.Ordinal);
        Assert.Contains("latin.yaml: byte 9 is not UTF-8", latin.Error, StringComparison.Ordinal);
        Assert.Contains("large.yaml: it has 8388609 bytes; expected 8388608 at most", large.Error, StringComparison.Ordinal);
        Assert.Equal((2, 2, 2), (binary.ExitCode, latin.ExitCode, large.ExitCode));
    }

    [Fact]
    public async Task Submit_NoSuchFileOrADirectory_SaysSo()
    {
        var missing = await RunAsync("job", "submit", "no/such/file.yaml");
        var directory = await RunAsync("job", "submit", Path.GetTempPath());

        Assert.Contains("no/such/file.yaml: there is no such file", missing.Error, StringComparison.Ordinal);
        Assert.Contains("it is a directory", directory.Error, StringComparison.Ordinal);
        Assert.Equal((2, 2), (missing.ExitCode, directory.ExitCode));
    }

    [Fact]
    public async Task Submit_JsonWithTabs_NamesLinesInCharacters()
    {
        var file = WriteFile("bad.json", "{\n\t\"$schema\": \"job.schema.json\",\n\t\"name\": \"é\", \"team\": 5,\n\t\"tasks\": [ { \"name\": \"a\", \"name\": \"b\" } ]\n}");

        var result = await RunAsync("job", "submit", file);

        Assert.Equal(["3:15: /team: Expected a string, found the number 5.", "4:28: /tasks/0/name: \"name\" is there twice."], FaultsOf(result, file));
    }

    [Fact]
    public async Task Submit_BrokenJson_NamesThePlace()
    {
        var file = WriteFile("bad.json", "{\n  \"name\": \"a\",\n  \"tasks\": oops\n}");

        var result = await RunAsync("job", "submit", file);

        Assert.StartsWith("3:12: It is not JSON: ", FaultsOf(result, file).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(5000)]
    public async Task Submit_NestedDeeply_IsAFaultAndNeverACrash(int levels)
    {
        var text = "tasks: " + new string('[', levels) + new string(']', levels);

        var yaml = await RunAsync("job", "submit", WriteFile("deep.yaml", text));
        var json = await RunAsync("job", "submit", WriteFile("deep.json", $"{{ \"tasks\": {text[7..]} }}"));

        Assert.Equal((2, 2), (yaml.ExitCode, json.ExitCode));
    }

    [Fact]
    public async Task Submit_TruncatedAnywhere_IsAFaultAndNeverACrash()
    {
        var text = "name: a\ntasks:\n  - { name: b, containers: [ { name: \"c\", image: 'd', command: [ \"x\", |\n  y ] } ] }\n? z\n%\t@`&*!<<: {}[]\n---\n...";
        for (var length = 0; length <= text.Length; length++)
        {
            var result = await RunAsync("job", "submit", WriteFile("cut.yaml", Encoding.UTF8.GetBytes(text[..length])));
            Assert.Equal(2, result.ExitCode);
        }

        Assert.Empty(Cluster.Requests);
    }

    private static IEnumerable<string> FaultsOf(CliResult result, string file) =>
        result.Error.Split('\n').Where(line => line.StartsWith(file + ":", StringComparison.Ordinal)).Select(line => line[(file.Length + 1)..].Trim());
}
