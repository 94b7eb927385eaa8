using System.Formats.Tar;
using OrleansCluster.Silo.Agent.Checkpoints;

namespace OrleansCluster.Tests.Unit.Checkpoints;

public sealed class TarScanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(512)]
    [InlineData(100_000)]
    public void Pass_AWholeArchiveInPieces_IsWhole(int piece)
    {
        var scan = new TarScan();
        foreach (var part in Archive().Chunk(piece))
            scan.Pass(part);

        Assert.True(scan.IsWhole);
    }

    [Fact]
    public void Pass_AnyBeginningOfAnArchive_IsNotWhole()
    {
        var archive = Archive();
        for (var length = 0; length < archive.Length; length += 100)
        {
            var scan = new TarScan();
            scan.Pass(archive.AsSpan(0, length));
            Assert.True(!scan.IsWhole || archive.AsSpan(length).ContainsAnyExcept((byte)0) == false, $"the first {length} of {archive.Length} bytes");
        }
    }

    [Fact]
    public void Pass_ContentOfZeroes_IsNoEnd()
    {
        var scan = new TarScan();
        var archive = Archive(new byte[4096]);

        scan.Pass(archive.AsSpan(0, archive.Length - 1024));

        Assert.False(scan.IsWhole);
    }

    private static byte[] Archive(byte[]? content = null)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "state/"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "state/file") { DataStream = new MemoryStream(content ?? [.. Enumerable.Range(0, 1500).Select(i => (byte)i)]) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "state/link") { LinkName = "file" });
        }

        return tar.ToArray();
    }
}
