using OrleansCluster.Silo.Entry;

namespace OrleansCluster.Tests.Unit.Entry;

public sealed class ServiceAddressTests
{
    [Theory]
    [InlineData("web.prod.ocs.internal", "web.prod")]
    [InlineData("WEB.Prod.OCS.Internal.", "web.prod")]
    [InlineData("web.prod", "web.prod")]
    [InlineData("web", "web.default")]
    public void Parse_NameOfAService_IsThatService(string name, string expected) => Assert.Equal(expected, ServiceAddress.Parse(name, "default").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("web.ocs.internal")]
    [InlineData("a.b.c")]
    [InlineData("127.0.0.1")]
    [InlineData("web/../x.prod")]
    [InlineData("_web.prod.ocs.internal")]
    public void Parse_AnythingElse_IsNone(string name) => Assert.Null(ServiceAddress.Parse(name, "default"));
}
