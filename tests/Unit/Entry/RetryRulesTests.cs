using OrleansCluster.Silo.Entry;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansCluster.Tests.Unit.Entry;

public sealed class RetryRulesTests
{
    private static readonly HttpRequestException _refused = new(HttpRequestError.ConnectionError);
    private static readonly HttpRequestException _broken = new(HttpRequestError.ResponseEnded);

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public void IsWorthAnother_NeverArrived_AnyMethodIs(string method) => Assert.True(Judge(_refused, method));

    [Theory]
    [InlineData("GET", true)]
    [InlineData("DELETE", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    public void IsWorthAnother_BrokeAfterItWasSent_OnlyWhatMayBeRepeatedIs(string method, bool expected) => Assert.Equal(expected, Judge(_broken, method));

    [Fact]
    public void IsWorthAnother_AnswerHasBegunOrBodyIsGone_IsNot()
    {
        Assert.False(RetryRules.IsWorthAnother(ForwarderError.Request, _refused, "GET", hasAnswered: true, hasReadBody: false));
        Assert.False(RetryRules.IsWorthAnother(ForwarderError.Request, _broken, "PUT", hasAnswered: false, hasReadBody: true));
    }

    [Theory]
    [InlineData(ForwarderError.RequestTimedOut)]
    [InlineData(ForwarderError.RequestCanceled)]
    [InlineData(ForwarderError.ResponseBodyDestination)]
    public void IsWorthAnother_OtherErrors_AreNot(ForwarderError error) => Assert.False(RetryRules.IsWorthAnother(error, _refused, "GET", hasAnswered: false, hasReadBody: false));

    private static bool Judge(Exception cause, string method) => RetryRules.IsWorthAnother(ForwarderError.Request, cause, method, hasAnswered: false, hasReadBody: false);
}
