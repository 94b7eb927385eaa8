using System.Formats.Tar;
using System.Text;
using OrleansCluster.Silo.Agent.Docker;

namespace OrleansCluster.Tests.Docker.Client;

public sealed class ArchiveTests(Daemon daemon) : DockerTest(daemon)
{
    [Fact]
    public async Task Archive_OutOfOneEndedContainerIntoANewOne_KeepsItsFiles()
    {
        var source = await Run(Launch("source", "sh", "-c", "mkdir -p /tmp/state && echo progress > /tmp/state/file"));
        var sink = await Runtime.Create(Launch("sink", "cat", "/tmp/state/file"), CancellationToken.None);

        await using (var archive = await Client.GetArchive(source.Id, "/tmp/state", CancellationToken.None))
            await Client.PutArchive(sink, "/tmp", archive, CancellationToken.None);
        await Runtime.Start(sink, CancellationToken.None);

        Assert.Equal(["progress"], (await ReadLog(sink, true)).Select(line => line.Text));
    }

    [Fact]
    public async Task PutArchive_AFileOfOurs_ComesBackTheSame()
    {
        var id = await Runtime.Create(Launch("main", "true"), CancellationToken.None);
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            var entry = new PaxTarEntry(TarEntryType.RegularFile, "note") { DataStream = new MemoryStream("words"u8.ToArray()) };
            await writer.WriteEntryAsync(entry);
        }

        tar.Position = 0;
        await Client.PutArchive(id, "/tmp", tar, CancellationToken.None);
        await using var archive = await Client.GetArchive(id, "/tmp/note", CancellationToken.None);
        await using var reader = new TarReader(archive);
        var read = await reader.GetNextEntryAsync(copyData: true);

        Assert.Equal("note", read!.Name);
        Assert.Equal("words", await new StreamReader(read.DataStream!, Encoding.UTF8).ReadToEndAsync());
    }

    [Fact]
    public async Task GetArchive_AMissingPath_IsRefused()
    {
        var id = await Runtime.Create(Launch("main", "true"), CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<DockerApiException>(() => Client.GetArchive(id, "/no/such", CancellationToken.None));

        Assert.Contains("/no/such", refusal.Message);
    }
}
