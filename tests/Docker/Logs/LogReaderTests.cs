using OrleansCluster.Silo.Agent.Docker.Logs;

namespace OrleansCluster.Tests.Docker.Logs;

public sealed class LogReaderTests
{
    private static readonly DateTimeOffset _noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Read_CutAtEachByte_YieldsTheSameLines()
    {
        byte[] bytes =
        [
            .. Frames.Of("stdout", _noon, "one\n"),
            .. Frames.Of("stderr", _noon.AddTicks(1), "två €\n"),
            .. Frames.Of("stdout", _noon.AddTicks(2), "\n"),
            .. Frames.Of("stdout", _noon.AddTicks(3), "last"),
        ];
        LogLine[] expected =
        [
            new(_noon, "stdout", "one"),
            new(_noon.AddTicks(1), "stderr", "två €"),
            new(_noon.AddTicks(2), "stdout", ""),
            new(_noon.AddTicks(3), "stdout", "last"),
        ];

        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(expected, await Read(new PiecewiseStream([bytes[..cut], bytes[cut..]])));
        Assert.Equal(expected, await Read(new PiecewiseStream([.. bytes.Select(one => new[] { one })])));
    }

    [Fact]
    public async Task Read_LinesInPiecesFromBothOutputs_AreJoinedEachForItself()
    {
        byte[] bytes =
        [
            .. Frames.Of("stdout", _noon, "a1 "),
            .. Frames.Of("stderr", _noon.AddTicks(1), "b1 "),
            .. Frames.Of("stdout", _noon.AddTicks(2), "a2\n"),
            .. Frames.Of("stderr", _noon.AddTicks(3), "b2\n"),
        ];

        Assert.Equal(
            [new LogLine(_noon, "stdout", "a1 a2"), new LogLine(_noon.AddTicks(1), "stderr", "b1 b2")],
            await Read(new PiecewiseStream([bytes])));
    }

    [Fact]
    public async Task Read_ALineWithoutEnd_IsHandedOnInPieces()
    {
        var piece = new string('x', 16 * 1024);
        var bytes = Enumerable.Range(0, 40).SelectMany(i => Frames.Of("stdout", _noon, piece)).ToArray();

        var lines = await Read(new PiecewiseStream([bytes]));

        Assert.Equal([256 * 1024, 256 * 1024, 128 * 1024], lines.Select(line => line.Text.Length));
    }

    [Fact]
    public async Task Read_Nanoseconds_AreCutToTicks()
    {
        var bytes = Frames.OfText("stdout", "2026-01-02T12:00:00.123456789Z word\n");

        var line = Assert.Single(await Read(new PiecewiseStream([bytes])));

        Assert.InRange(line.Time, _noon.AddTicks(1_234_567), _noon.AddTicks(1_234_568));
        Assert.Equal("word", line.Text);
    }

    [Fact]
    public async Task Read_Nothing_YieldsNothing() => Assert.Empty(await Read(new PiecewiseStream([])));

    [Theory]
    [InlineData("a terminal's bare text\n")]
    [InlineData("\u0001\0\0\0\u007f\0\0\0 a frame too long")]
    [InlineData("\u0001\0\0\0\0\0\0\u0005a word without a time")]
    [InlineData("\u0001\0\0\0\0\0\0\u0050cut short")]
    [InlineData("\u0001\0\0")]
    public async Task Read_WhatIsNoLog_Throws(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(new PiecewiseStream([System.Text.Encoding.Latin1.GetBytes(text)])));

    private static async Task<List<LogLine>> Read(Stream stream) =>
        await LogReader.Read(stream, CancellationToken.None).ToListAsync();
}
