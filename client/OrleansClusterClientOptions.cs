namespace OrleansCluster.Client;

/// <summary>Where a cluster's API is, and how patient the client is with it.</summary>
public sealed class OrleansClusterClientOptions
{
    /// <summary>The root of the HTTP API, without <c>/v1</c>: absolute, <c>http</c> or <c>https</c>.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:7070");

    /// <summary>Which cluster of that deployment.</summary>
    public string Cluster { get; set; } = "default";

    /// <summary>
    /// How often a request is sent before the cluster counts as unreachable, 1 to 100. Only failures of the connection and statuses 502, 503 and
    /// 504, and 429 where a framework calls too often, are tried again, after 100 ms, 200 ms, 400 ms … at most 2 s. Every request is safe to repeat: those that create carry an
    /// idempotency key.
    /// </summary>
    public int Attempts { get; set; } = 4;

    /// <summary>The same for a stream or a watch that has worked before: how many failures in a row it outlives, 1 to 1000. 30 last about 50 s.</summary>
    public int ReconnectAttempts { get; set; } = 30;

    internal IEnumerable<string> Faults()
    {
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("http" or "https"))
            yield return $"Address is '{Address}'; expected an absolute http or https address such as http://127.0.0.1:7070.";
        if (Cluster.Length == 0)
            yield return "Cluster is empty; expected a cluster's name such as default.";
        if (Attempts is < 1 or > 100)
            yield return $"Attempts is {Attempts}; expected 1 to 100.";
        if (ReconnectAttempts is < 1 or > 1000)
            yield return $"ReconnectAttempts is {ReconnectAttempts}; expected 1 to 1000.";
    }
}
