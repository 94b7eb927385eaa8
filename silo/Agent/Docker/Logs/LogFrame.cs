using System.Buffers;
using System.Buffers.Binary;

namespace OrleansCluster.Silo.Agent.Docker.Logs;

/// <summary>
/// One frame of the stream in which Docker sends both outputs of a container: a byte for the output (1 or 2), three zeroes, the length of
/// the payload in four bytes, big end first, and the payload.
/// </summary>
internal readonly record struct LogFrame(string Stream, ReadOnlySequence<byte> Payload)
{
    /// <summary>Docker cuts lines at 16 KiB; what claims to be so much longer is no frame.</summary>
    private const int LongestPayload = 1 << 20;
    private const int HeaderLength = 8;

    /// <summary>Takes one frame off the buffer if it is here as a whole.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out LogFrame frame)
    {
        frame = default;
        if (buffer.Length < HeaderLength) return false;
        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (header[0] > 2 || header[1] != 0 || header[2] != 0 || header[3] != 0 || length > LongestPayload)
            throw new InvalidDataException("The log is not in Docker's frames; has the container a terminal?");
        if (buffer.Length < HeaderLength + length) return false;
        frame = new LogFrame(header[0] == 2 ? "stderr" : "stdout", buffer.Slice(HeaderLength, length));
        buffer = buffer.Slice(HeaderLength + length);
        return true;
    }
}
