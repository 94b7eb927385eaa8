using System.Collections.Immutable;

namespace OrleansCluster.Client;

/// <summary>The cluster refused a request, or failed at it: an RFC 9457 problem.</summary>
public sealed class ClusterApiException(int status, string title, string? detail, ImmutableArray<Fault> faults)
    : Exception(Describe(title, detail, faults))
{
    /// <summary>The HTTP status: 400 bad input, 404 no such thing, 409 conflict, 413 too large, 5xx the cluster's own failure.</summary>
    public int Status { get; } = status;

    /// <summary>One sentence for a person.</summary>
    public string Title { get; } = title;

    /// <summary>More about this case, where there is more.</summary>
    public string? Detail { get; } = detail;

    /// <summary>Everything found wrong with what was handed in, each with a JSON pointer into it; empty where the input is not to blame.</summary>
    public ImmutableArray<Fault> Faults { get; } = faults;

    /// <summary>The problem's <c>type</c>: a URI reference, <c>about:blank</c> where the status says it all.</summary>
    public string Type { get; init; } = "about:blank";

    private static string Describe(string title, string? detail, ImmutableArray<Fault> faults) =>
        string.Join(Environment.NewLine, [title, .. detail is null ? [] : (string[])[detail], .. faults.Select(fault => $"{fault.Path}: {fault.Message}")]);
}
