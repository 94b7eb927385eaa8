using System.Globalization;
using System.Text.Json;

namespace OrleansCluster.Silo.Agent.Logs;

/// <summary>
/// Writes one container's log file: beside its name with <c>.part</c> until it is complete, so that a file with the final name is always
/// whole. A log without lines leaves no file.
/// </summary>
internal sealed class LogWriter(string path, long limit) : IDisposable
{
    private const int LongestText = 64 * 1024;
    private static readonly byte[] _newline = [(byte)'\n'];

    private FileStream? _file;
    private long _length;

    public static string PartOf(string path) => path + ".part";

    /// <summary>The limit was reached; nothing more is taken.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Lines handed in so far.</summary>
    public long Count { get; private set; }

    public void Write(LogLine line)
    {
        Count++;
        if (IsFull)
            return;
        var text = line.Text.Length > LongestText ? string.Concat(line.Text.AsSpan(0, LongestText), "…") : line.Text;
        var json = Serialize(line with { Text = text });
        if (_length + json.Length + 1 > limit)
        {
            IsFull = true;
            json = Serialize(new LogLine(line.Time, "stderr", $"[ocs] the log is cut off here: it is longer than {limit.ToString(CultureInfo.InvariantCulture)} bytes"));
        }

        _file ??= Open();
        _file.Write(json);
        _file.Write(_newline);
        _length += json.Length + 1;
    }

    /// <summary>Shows readers what has been written.</summary>
    public void Flush() => _file?.Flush();

    /// <summary>Gives the file its final name.</summary>
    public void Complete()
    {
        Dispose();
        if (Count > 0)
            File.Move(PartOf(path), path, overwrite: true);
    }

    public void Dispose() => _file?.Dispose();

    private static byte[] Serialize(LogLine line) => JsonSerializer.SerializeToUtf8Bytes(line, LogJson.Lines.LogLine);

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(PartOf(path), FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 16 * 1024);
    }
}
