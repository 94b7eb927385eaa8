using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OrleansCluster.Tests.Api.Http;

internal sealed record Reply(HttpStatusCode Status, string? MediaType, HttpResponseHeaders Headers, JsonElement Json)
{
    public string? this[string name] => Json.GetProperty(name).ToString();

    public T As<T>() => Json.Deserialize<T>(ClusterJson.Options) ?? throw new InvalidOperationException("null");

    /// <summary>The faults as <c>path: message</c>, after checking that this is a problem of that kind.</summary>
    public string[] FaultsOf(int status, string kind)
    {
        Assert.Equal((status, "application/problem+json", $"urn:ocs:problem:{kind}"), ((int)Status, MediaType, this["type"]));
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", this["title"]);
        return [.. Json.GetProperty("faults").EnumerateArray().Select(fault => $"{fault.GetProperty("path")}: {fault.GetProperty("message")}")];
    }
}
