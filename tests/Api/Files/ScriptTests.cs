using OrleansCluster.Files;

namespace OrleansCluster.Tests.Api.Files;

public sealed class ScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocs-scripts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_ScriptWithEveryOption_IsTheJobThatTheySay()
    {
        var job = Read("nightly.sh", """
            #!/bin/sh -e
            # A comment, and options in several forms.
            #OCS --name=report --team blue --priority=70
            #OCS
            #OCS --image=registry:5000/tools:1.2 --cpu=500 --memory=256 --disk=10 # what it needs
            #OCS --count=3 --group=reports --network=host
            #OCS --env=A=1 --env='B=two words' --env="C=it's # no comment"
            #OCS --workdir=/data --user=1000:1000 --stop-timeout=5 --gpus=2
            #OCS --constraint="attribute:zone == a" --constraint='attribute:disk == ssd'
            #OCSX is no option line

            echo one
            # two
            """);

        Assert.Equal(("report", "blue", 70), (job.Name, job.Team, job.Priority));
        var task = Assert.Single(job.Tasks);
        Assert.Equal((3, "reports", NetworkMode.Host), (task.Count, task.Group, task.Network));
        Assert.Equal(["attribute:zone == a", "attribute:disk == ssd"], task.PlacementConstraints.Select(constraint => constraint.Expression));
        var container = Assert.Single(task.Containers);
        Assert.Equal(("registry:5000/tools:1.2", new Resources(500, 256, 10)), (container.Image, container.Resources));
        Assert.Equal([("A", "1"), ("B", "two words"), ("C", "it's # no comment")], container.Environment.Select(variable => (variable.Key, variable.Value)));
        Assert.Equal(("/data", "1000:1000", 5, 2), (container.WorkingDirectory, container.User, container.StopTimeout, container.Gpu?.Count));
        Assert.Equal(["/bin/sh", "-e", "-c"], container.Command[..3]);
        Assert.StartsWith("\n# A comment", container.Command[3], StringComparison.Ordinal);
        Assert.EndsWith("echo one\n# two", container.Command[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/bin/sh", "/bin/sh -c")]
    [InlineData("#! /bin/bash -eu", "/bin/bash -eu -c")]
    [InlineData("#!/usr/bin/env bash", "bash -c")]
    [InlineData("#!/usr/bin/env -S python3 -u", "python3 -u -c")]
    [InlineData("#!/usr/bin/python3.12", "/usr/bin/python3.12 -c")]
    [InlineData("#!/usr/bin/perl -w", "/usr/bin/perl -w -e")]
    public void Read_Interpreter_GetsTheScriptAsAnArgument(string first, string words)
    {
        var command = Read("a.sh", $"{first}\n#OCS --image=app\nrun\n").Tasks[0].Containers[0].Command;

        Assert.Equal(words, string.Join(' ', command[..^1]));
        Assert.Equal("\n#OCS --image=app\nrun\n", command[^1]);
    }

    [Theory]
    [InlineData("nightly report.sh", "nightly-report")]
    [InlineData("2026_Report.v2.sh", "report-v2")]
    [InlineData("__.sh", "script")]
    public void Read_NoName_IsNamedAfterTheFile(string file, string name) => Assert.Equal(name, Read(file, "#!/bin/sh\n#OCS --image=app\n").Name);

    [Fact]
    public void Read_ManyFaults_TellsAllOfThemWithTheirLines()
    {
        var faults = FaultsOf("""
            #!/usr/bin/awk -f
            #OCS --imge=app --cpu=much
            #OCS cpu=5 --memory
            #OCS --team=a --team=b --env=A
            #OCS --env=B=1 --env=B=2 --name="open
            print 1
            #OCS --count=2
            """);

        Assert.Equal(
            [
                "1:1: '/usr/bin/awk' is no interpreter that is known to take a script as an argument; expected one of sh, ash, bash, dash, ksh, zsh, python, perl, ruby, node, lua",
                "1:1: no image is named; expected a line #OCS --image=IMAGE",
                "2:6: there is no option --imge; did you mean --image?",
                "2:17: --cpu is 'much'; expected a whole number",
                "3:6: 'cpu=5' is no option; expected --KEY=VALUE",
                "3:12: --memory has no value; expected --memory=VALUE",
                "4:15: --team is there twice, first in line 4",
                "4:24: --env is 'A'; expected NAME=VALUE",
                "5:16: --env sets B twice",
                "5:33: the quote \" is not closed",
                "7:1: #OCS lines go before the first command, which is in line 6",
            ],
            faults);
    }

    [Fact]
    public void Read_UnknownOptionLikeNothing_ListsAllThereAre() =>
        Assert.Contains("expected one of --name, --team,", Assert.Single(FaultsOf("#!/bin/sh\n#OCS --image=app --zebra=1\n")), StringComparison.Ordinal);

    [Fact]
    public void Read_MoreThan64KiB_IsRefused()
    {
        const string Start = "#!/bin/sh\n#OCS --image=app\n";

        Assert.Equal(65_536 - "#!/bin/sh".Length, Read("a.sh", Start + new string('#', 65_536 - Start.Length)).Tasks[0].Containers[0].Command[^1].Length);
        Assert.Equal("1:1: the script has 65537 bytes; expected 65536 at most", Assert.Single(FaultsOf(Start + new string('#', 65_537 - Start.Length))));
    }

    [Fact]
    public void Read_LinesOfWindows_AreRefused() => Assert.StartsWith("1:10: the line ends in CR LF", Assert.Single(FaultsOf("#!/bin/sh\r\n#OCS --image=app\r\necho\r\n")), StringComparison.Ordinal);

    private JobSpec Read(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        File.WriteAllText(path, text);
        return JobFile.Read(path);
    }

    private string[] FaultsOf(string text) =>
        [.. Assert.Throws<SourceFileException>(() => Read("bad.sh", text)).Faults.Select(fault => $"{fault.Line}:{fault.Column}: {fault.Message}")];
}
