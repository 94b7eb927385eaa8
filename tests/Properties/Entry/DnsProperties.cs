using FsCheck;
using FsCheck.Fluent;
using System.Net;
using OrleansCluster.Silo.Entry.Dns;

namespace OrleansCluster.Tests.Properties.Entry;

/// <summary>Whatever bytes come in, they are answered with a whole message of no more than its limit, or not at all.</summary>
public sealed class DnsProperties
{
    private static readonly byte[] _good = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, .. "web"u8, 7, .. "default"u8, 3, .. "ocs"u8, 8, .. "internal"u8, 0, 0, 1, 0, 1];

    private static readonly Gen<byte> _byte = from value in Gen.Choose(0, 255) select (byte)value;

    /// <summary>Nothing but chance, what was a question with some bytes changed, and what was one and is cut off.</summary>
    private static readonly Gen<byte[]> _packets = Gen.OneOf(
        Gen.ArrayOf(_byte),
        from changes in Gen.ArrayOf(from at in Gen.Choose(0, _good.Length - 1) from value in _byte select (at, value), 3) select Changed(changes),
        from length in Gen.Choose(0, _good.Length) select _good[..length]);

    [Fact]
    public void Answer_AnyBytes_IsWholeOrNone() => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(_packets.ToArbitrary(), packet =>
    {
        if (DnsQuery.Read(packet) is not { } query)
            return;
        _ = DnsTarget.Of(query.Labels);
        var addresses = Enumerable.Range(1, 40).Select(i => IPAddress.Parse($"10.0.0.{i}")).ToList();
        var answer = new DnsAnswer(query, DnsAnswer.UdpBytes).AddAddresses(addresses).AddPorts(addresses.Select(address => new IPEndPoint(address, 80))).Finish(query.Fault).Span;

        Assert.InRange(answer.Length, DnsQuery.HeaderBytes, DnsAnswer.UdpBytes);
        Assert.Equal(packet[..2], answer[..2].ToArray());
        Assert.Equal(0x80, answer[2] & 0x80);
        Assert.Equal((int)query.Fault, answer[3] & 0xF);
    }));

    private static byte[] Changed((int At, byte Value)[] changes)
    {
        var packet = _good.ToArray();
        foreach (var (at, value) in changes)
            packet[at] = value;
        return packet;
    }
}
