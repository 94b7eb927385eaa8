using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace OrleansCluster.Tests.Docker.Logs;

internal static class Frames
{
    public static byte[] Of(string stream, DateTimeOffset time, string text) =>
        OfText(stream, $"{time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture)} {text}");

    public static byte[] OfText(string stream, string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var frame = new byte[8 + payload.Length];
        frame[0] = stream == "stderr" ? (byte)2 : (byte)1;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), payload.Length);
        payload.CopyTo(frame, 8);
        return frame;
    }
}
