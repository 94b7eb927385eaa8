using System.Globalization;

namespace OrleansCluster.Silo.Agent.Docker;

internal sealed partial class DockerClient
{
    /// <summary>Docker Engine 20.10.</summary>
    private static readonly Version _oldest = new(1, 41);

    /// <summary>Docker Engine 27; newer engines still speak it.</summary>
    private static readonly Version _newest = new(1, 47);

    private string? _version;

    /// <summary>The newest version that both sides speak, agreed upon once a connection.</summary>
    public async Task<string> NegotiateVersion(CancellationToken cancellationToken)
    {
        if (_version is { } known) return known;
        using var limit = new CallLimit(_options.CallTimeout, _clock, cancellationToken);
        try
        {
            return _version = Agree(await Ping(limit.Token));
        }
        catch (Exception e) when (limit.Covers(e))
        {
            throw Unavailable("GET /_ping", e);
        }
    }

    /// <summary>The newest API version of the daemon; empty when it does not say.</summary>
    public async Task<string> Ping(CancellationToken cancellationToken)
    {
        using var response = await SendRaw(HttpMethod.Get, "/_ping", null, cancellationToken);
        if (!response.IsSuccessStatusCode) throw await ReadError(response, cancellationToken);
        return response.Headers.TryGetValues("Api-Version", out var values) ? values.First() : "";
    }

    public Task<Wire.DaemonVersion> GetVersion(CancellationToken cancellationToken) =>
        Call(HttpMethod.Get, "/version", null, DockerJson.Default.DaemonVersion, cancellationToken);

    public Task<Wire.DaemonInfo> GetInfo(CancellationToken cancellationToken) =>
        Call(HttpMethod.Get, "/info", null, DockerJson.Default.DaemonInfo, cancellationToken);

    internal static string Agree(string theirs)
    {
        if (!Version.TryParse(theirs, out var version))
            throw new RuntimeUnavailableException($"What answers is no Docker daemon: its API version is '{theirs}'.");
        if (version < _oldest)
            throw new RuntimeUnavailableException($"The Docker daemon speaks API {theirs}; {_oldest} (Docker 20.10) or newer is needed.");
        return string.Create(CultureInfo.InvariantCulture, $"{(version < _newest ? version : _newest)}");
    }
}
