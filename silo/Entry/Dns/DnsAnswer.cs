using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansCluster.Silo.Entry.Dns;

/// <summary>Writes an answer, and as many records as there is room for: the bit "truncated" says that there are more, which are had over TCP.</summary>
internal sealed class DnsAnswer
{
    /// <summary>Over UDP, without anything agreed (RFC 1035, 4.2.1).</summary>
    public const int UdpBytes = 512;

    public const int TcpBytes = 16 * 1024;

    /// <summary>Seconds that it may be kept: what is asked for moves.</summary>
    private const int TimeToLive = 1;

    private const int AnswerFlags = 0x8400;
    private const int RecursionDesiredFlag = 0x0100;
    private const int TruncatedFlag = 0x0200;

    /// <summary>The name in the question, which is always at the same place.</summary>
    private const int QuestionPointer = 0xC000 | DnsQuery.HeaderBytes;

    private readonly byte[] _bytes;
    private readonly DnsQuery _query;
    private int _length;
    private int _answers;
    private int _additional;
    private bool _isTruncated;

    public DnsAnswer(DnsQuery query, int limit)
    {
        _query = query;
        _bytes = new byte[Math.Max(limit, DnsQuery.HeaderBytes + query.Question.Length)];
        _length = DnsQuery.HeaderBytes;
        query.Question.Span.CopyTo(_bytes.AsSpan(_length));
        _length += query.Question.Length;
    }

    public DnsAnswer AddAddresses(IEnumerable<IPAddress> addresses)
    {
        foreach (var address in addresses.Where(address => IsAskedFor(TypeOf(address))))
            _answers += Add(QuestionPointerBytes(), TypeOf(address), address.GetAddressBytes()) ? 1 : 0;
        return this;
    }

    public DnsAnswer AddPorts(IEnumerable<IPEndPoint> ports)
    {
        if (!IsAskedFor(DnsType.Srv))
            return this;
        var named = new HashSet<IPAddress>();
        foreach (var port in ports)
        {
            var target = NameOf(port.Address);

            // Priority and weight are the same for all.
            byte[] data = [0, 0, 0, 0, (byte)(port.Port >> 8), (byte)port.Port, .. target];
            if (!Add(QuestionPointerBytes(), DnsType.Srv, data))
                break;
            _answers++;
            named.Add(port.Address);
        }

        // For convenience, where there is room: whoever misses one can ask for it.
        var isTruncated = _isTruncated;
        foreach (var address in named)
            _additional += Add(NameOf(address), TypeOf(address), address.GetAddressBytes()) ? 1 : 0;
        _isTruncated = isTruncated;
        return this;
    }

    public ReadOnlyMemory<byte> Finish(DnsCode code)
    {
        var flags = AnswerFlags | (_query.RecursionDesired ? RecursionDesiredFlag : 0) | (_isTruncated ? TruncatedFlag : 0) | (int)code;
        Write(0, _query.Id);
        Write(2, flags);
        Write(4, _query.Question.IsEmpty ? 0 : 1);
        Write(6, _answers);
        Write(8, 0);
        Write(10, _additional);
        return _bytes.AsMemory(0, _length);
    }

    private bool IsAskedFor(DnsType type) => _query.Type == type || _query.Type == DnsType.Any;

    private bool Add(ReadOnlySpan<byte> name, DnsType type, ReadOnlySpan<byte> data)
    {
        const int fixedBytes = 10;
        if (_length + name.Length + fixedBytes + data.Length > _bytes.Length)
        {
            _isTruncated = true;
            return false;
        }

        name.CopyTo(_bytes.AsSpan(_length));
        _length += name.Length;
        Write(_length, (int)type);
        Write(_length + 2, 1);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_length + 4), TimeToLive);
        Write(_length + 8, data.Length);
        data.CopyTo(_bytes.AsSpan(_length + fixedBytes));
        _length += fixedBytes + data.Length;
        return true;
    }

    private void Write(int at, int value) => BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(at), (ushort)value);

    private static byte[] QuestionPointerBytes() => [QuestionPointer >> 8, QuestionPointer & 0xFF];

    private static DnsType TypeOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa;

    /// <summary>Whole, since targets of ports must not be compressed (RFC 2782).</summary>
    private static byte[] NameOf(IPAddress address)
    {
        string[] labels = [DnsTarget.LabelOf(address), .. ServiceAddress.Zone.Split('.')];
        return [.. labels.SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
    }
}
