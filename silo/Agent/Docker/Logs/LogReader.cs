using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace OrleansCluster.Silo.Agent.Docker.Logs;

/// <summary>Reads Docker's log frames, with timestamps, as lines.</summary>
internal static class LogReader
{
    public static async IAsyncEnumerable<LogLine> Read(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var outputs = new Dictionary<string, LineAssembly>();
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            foreach (var line in TakeLines(ref buffer, outputs)) yield return line;
            if (read.IsCompleted && !buffer.IsEmpty) throw new InvalidDataException("The log ends in the middle of a frame.");
            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) break;
        }

        // A last line without an end is a line all the same.
        foreach (var output in outputs.Values.OrderBy(output => output.Time))
        {
            if (output.Finish() is { } line) yield return line;
        }
    }

    private static List<LogLine> TakeLines(ref ReadOnlySequence<byte> buffer, Dictionary<string, LineAssembly> outputs)
    {
        var lines = new List<LogLine>();
        while (LogFrame.TryRead(ref buffer, out var frame))
        {
            if (!outputs.TryGetValue(frame.Stream, out var output)) outputs.Add(frame.Stream, output = new LineAssembly(frame.Stream));
            if (output.Append(frame.Payload.ToArray()) is { } line) lines.Add(line);
        }

        return lines;
    }
}
