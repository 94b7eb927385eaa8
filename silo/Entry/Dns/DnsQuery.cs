using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace OrleansCluster.Silo.Entry.Dns;

/// <summary>One question, as far as it could be read.</summary>
internal sealed record DnsQuery
{
    public const int HeaderBytes = 12;

    private const int LongestLabel = 63;
    private const int LongestName = 255;
    private const int AnswerFlag = 0x8000;
    private const int OpcodeBits = 0x7800;
    private const int RecursionDesiredFlag = 0x0100;
    private const int Internet = 1;
    private const int AnyClass = 255;

    public required int Id { get; init; }
    public bool RecursionDesired { get; init; }

    /// <summary>What is wrong with it; <see cref="DnsCode.NoError"/> where it is understood.</summary>
    public DnsCode Fault { get; init; }

    /// <summary>In lower case, without the root's.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];
    public DnsType Type { get; init; }

    /// <summary>As it came, to be repeated in the answer letter by letter: resolvers look whether it is.</summary>
    public ReadOnlyMemory<byte> Question { get; init; } = ReadOnlyMemory<byte>.Empty;

    /// <summary><see langword="null"/> for what is not to be answered at all: no header, or an answer itself, which could be made to go to and fro for ever.</summary>
    public static DnsQuery? Read(ReadOnlyMemory<byte> packet)
    {
        var bytes = packet.Span;
        if (bytes.Length < HeaderBytes)
            return null;
        int flags = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if ((flags & AnswerFlag) != 0)
            return null;
        var query = new DnsQuery { Id = BinaryPrimitives.ReadUInt16BigEndian(bytes), RecursionDesired = (flags & RecursionDesiredFlag) != 0 };
        if ((flags & OpcodeBits) != 0)
            return query with { Fault = DnsCode.NotImplemented };
        return BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) == 1 && ReadName(bytes[HeaderBytes..], out var labels) is > 0 and var length && bytes.Length >= HeaderBytes + length + 4
            ? WithQuestion(query, packet.Slice(HeaderBytes, length + 4), labels)
            : query with { Fault = DnsCode.FormatError };
    }

    private static DnsQuery WithQuestion(DnsQuery query, ReadOnlyMemory<byte> question, ImmutableArray<string> labels)
    {
        var end = question.Span[^4..];
        var known = query with { Question = question, Labels = labels, Type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(end) };
        return BinaryPrimitives.ReadUInt16BigEndian(end[2..]) is Internet or AnyClass ? known : known with { Fault = DnsCode.Refused };
    }

    /// <returns>Its length in bytes; 0 for what is no name. A question has no name before it that it could point to.</returns>
    private static int ReadName(ReadOnlySpan<byte> bytes, out ImmutableArray<string> labels)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        labels = [];
        for (var at = 0; at < bytes.Length && at < LongestName; at += bytes[at] + 1)
        {
            int length = bytes[at];
            if (length == 0)
            {
                labels = found.ToImmutable();
                return at + 1;
            }

            if (length > LongestLabel || at + length >= bytes.Length)
                return 0;
            found.Add(Encoding.Latin1.GetString(bytes.Slice(at + 1, length)).ToLowerInvariant());
        }

        return 0;
    }
}
