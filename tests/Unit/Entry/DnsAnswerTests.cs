using System.Net;
using System.Text;
using OrleansCluster.Silo.Entry.Dns;

namespace OrleansCluster.Tests.Unit.Entry;

public sealed class DnsAnswerTests
{
    [Fact]
    public void Read_QuestionOfAResolver_HasItsNameTypeAndId()
    {
        var query = DnsQuery.Read(Question("Web.default.ocs.INTERNAL", 1))!;

        Assert.Equal((0x1234, DnsCode.NoError, DnsType.A, true), (query.Id, query.Fault, query.Type, query.RecursionDesired));
        Assert.Equal(["web", "default", "ocs", "internal"], query.Labels);
    }

    [Fact]
    public void Read_AnAnswerOrLessThanAHeader_IsNotAnswered()
    {
        var answer = Question("web.default.ocs.internal", 1);
        answer[2] |= 0x80;

        Assert.Null(DnsQuery.Read(answer));
        Assert.Null(DnsQuery.Read(new byte[11]));
    }

    [Fact]
    public void Read_TwoQuestionsACompressedNameOrAnUpdate_SaysWhatIsWrong()
    {
        var two = Question("web", 1);
        two[5] = 2;
        var compressed = Question("web", 1);
        compressed[12] = 0xC0;
        var update = Question("web", 1);
        update[2] = 0x28;

        Assert.Equal(DnsCode.FormatError, DnsQuery.Read(two)!.Fault);
        Assert.Equal(DnsCode.FormatError, DnsQuery.Read(compressed)!.Fault);
        Assert.Equal(DnsCode.NotImplemented, DnsQuery.Read(update)!.Fault);
    }

    [Fact]
    public void AddAddresses_TwoOfIPv4OneOfIPv6_OnlyThoseAskedForAreThereWithTheQuestionAsItCame()
    {
        var question = Question("wEb.default.ocs.internal", 1);
        var bytes = new DnsAnswer(DnsQuery.Read(question)!, DnsAnswer.UdpBytes)
            .AddAddresses([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("fd00::1"), IPAddress.Parse("10.0.0.2")]).Finish(DnsCode.NoError).ToArray();

        Assert.Equal(question[12..], bytes[12..question.Length]);
        Assert.Equal([0x12, 0x34, 0x85, 0x00, 0, 1, 0, 2, 0, 0, 0, 0], bytes[..12]);
        Assert.Equal([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 10, 0, 0, 1], bytes[question.Length..(question.Length + 16)]);
        Assert.Equal([10, 0, 0, 2], bytes[^4..]);
    }

    [Fact]
    public void AddPorts_MoreThanADatagramHolds_SaysThatThereAreMore()
    {
        var query = DnsQuery.Read(Question("_http._tcp.web.default.ocs.internal", 33))!;
        var ports = Enumerable.Range(1, 100).Select(i => new IPEndPoint(IPAddress.Parse($"10.0.0.{i}"), 32_768 + i)).ToArray();

        var udp = new DnsAnswer(query, DnsAnswer.UdpBytes).AddPorts(ports).Finish(DnsCode.NoError).Span;
        var tcp = new DnsAnswer(query, DnsAnswer.TcpBytes).AddPorts(ports).Finish(DnsCode.NoError).Span;

        Assert.True(udp.Length <= 512);
        Assert.Equal((2, 0), (udp[2] & 2, tcp[2] & 2));
        Assert.Equal((100, 100), (tcp[7], tcp[11]));
    }

    [Theory]
    [InlineData("10.0.0.11", "ip-10-0-0-11")]
    [InlineData("fd00::1", "ip-fd00-0000-0000-0000-0000-0000-0000-0001")]
    public void LabelOf_AnAddress_IsReadBack(string address, string label)
    {
        Assert.Equal(label, DnsTarget.LabelOf(IPAddress.Parse(address)));
        Assert.Equal(new DnsTarget.Address(IPAddress.Parse(address)), DnsTarget.Of([label, "ocs", "internal"]));
    }

    [Theory]
    [InlineData("web.default.ocs.internal", "Tasks")]
    [InlineData("_http._tcp.web.default.ocs.internal", "Ports")]
    [InlineData("_8080._tcp.web.default.ocs.internal", "Ports")]
    [InlineData("_tcp.web.default.ocs.internal", "Between")]
    [InlineData("default.ocs.internal", "Between")]
    [InlineData("ocs.internal", "Between")]
    [InlineData("a.b.c.ocs.internal", "Nothing")]
    [InlineData("_x._tcp.web.default.ocs.internal", "Nothing")]
    [InlineData("ip-10-0-0-256.ocs.internal", "Between")]
    [InlineData("example.com", "Foreign")]
    [InlineData("internal", "Foreign")]
    public void Of_ANameBelowOrBesideTheZone_IsOfItsKind(string name, string kind) => Assert.Equal(kind, DnsTarget.Of([.. name.Split('.')]).GetType().Name);

    private static byte[] Question(string name, byte type) =>
        [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0, 0, type, 0, 1];
}
