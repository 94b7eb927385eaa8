using Yarp.ReverseProxy.Forwarder;

namespace OrleansCluster.Silo.Entry;

/// <summary>Whether a request that a task did not answer may be sent to another one. Pure.</summary>
internal static class RetryRules
{
    /// <summary>
    /// What has never reached a task may go anywhere. What may have reached it is repeated only where doing it twice is doing it once (RFC 9110, 9.2.2). Nothing is
    /// repeated of which the caller has seen a part of an answer, or the body of which is gone.
    /// </summary>
    public static bool IsWorthAnother(ForwarderError error, Exception? cause, string method, bool hasAnswered, bool hasReadBody)
    {
        if (error != ForwarderError.Request || hasAnswered || hasReadBody)
            return false;
        return NeverArrived(cause) || IsIdempotent(method);
    }

    public static bool NeverArrived(Exception? cause) => cause is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    private static bool IsIdempotent(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method);
}
