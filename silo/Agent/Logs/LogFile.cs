using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Silo.Agent.Logs;

/// <summary>Reads whole lines out of a log file that may still grow. Offsets are in bytes.</summary>
internal static class LogFile
{
    /// <summary>Bytes looked at for one answer; a line is always shorter than this.</summary>
    private const int Block = 1 << 20;

    /// <returns><see langword="null"/> when there is no such file.</returns>
    public static Piece? Read(string path, long from, int limit)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (from >= file.Length)
                return new Piece([], from, AtEnd: true);
            file.Seek(from, SeekOrigin.Begin);
            var bytes = new byte[Math.Min(Block, file.Length - from)];
            return Split(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)), from, limit, file.Length);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static Piece Split(ReadOnlySpan<byte> bytes, long from, int limit, long length)
    {
        var lines = ImmutableArray.CreateBuilder<LogLine>();
        var next = from;
        while (lines.Count < limit && bytes.IndexOf((byte)'\n') is var end && end >= 0)
        {
            if (Parse(bytes[..end]) is { } line)
                lines.Add(line);
            bytes = bytes[(end + 1)..];
            next += end + 1;
        }

        return new Piece(lines.ToImmutable(), next, next >= length);
    }

    /// <summary><see langword="null"/> for what is no line: an offset that was made up may point into the middle of one.</summary>
    private static LogLine? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LogJson.Lines.LogLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="AtEnd">Nothing follows in the file as it is now.</param>
    internal sealed record Piece(ImmutableArray<LogLine> Lines, long Next, bool AtEnd);
}
