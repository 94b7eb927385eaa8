using System.Globalization;
using System.Text;

namespace OrleansCluster.Silo.Agent.Docker.Logs;

/// <summary>
/// Joins what Docker has cut: it sends a line of more than 16 KiB as several messages, each with a timestamp of its own, and only the last
/// one with an end of line.
/// </summary>
internal sealed class LineAssembly(string stream)
{
    /// <summary>Bytes; a longer line is handed on in pieces of about this size.</summary>
    private const int LongestLine = 256 * 1024;

    private readonly List<byte> _pending = [];
    private bool _started;

    /// <summary>Of the line's first message.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary>The line that this message completes, if it does.</summary>
    public LogLine? Append(ReadOnlySpan<byte> message)
    {
        var time = TakeTimestamp(ref message);
        if (!_started) Time = time;
        _started = true;
        var complete = message is [.., (byte)'\n'];
        _pending.AddRange(complete ? message[..^1] : message);
        return complete || _pending.Count >= LongestLine ? Finish() : null;
    }

    /// <summary>What has come of a line so far; <see langword="null"/> when that is nothing.</summary>
    public LogLine? Finish()
    {
        if (!_started) return null;
        var line = new LogLine(Time, stream, Encoding.UTF8.GetString([.. _pending]));
        _pending.Clear();
        _started = false;
        return line;
    }

    private static DateTimeOffset TakeTimestamp(ref ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf((byte)' ');
        if (end < 0 || !DateTimeOffset.TryParse(
                Encoding.ASCII.GetString(message[..end]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            throw new InvalidDataException("A log message without a timestamp.");
        message = message[(end + 1)..];
        return time;
    }
}
