using OrleansCluster.Client;
using OrleansCluster.Client.Hosting.Tls;

namespace OrleansCluster.Silo.Hosting.Clustering;

/// <summary>The options by which silos know one another, as the operator spells them.</summary>
internal static class SiloTls
{
    /// <returns><see langword="null"/> where they are not given, or not in full.</returns>
    public static OrleansClusterTlsOptions? Of(SiloOptions options) =>
        options is { TlsCertificate: { } certificate, TlsAuthority: { } authority }
            ? new OrleansClusterTlsOptions { Certificate = certificate, Key = options.TlsKey, Authority = authority }
            : null;

    public static bool IsAskedFor(SiloOptions options) => options is not { TlsCertificate: null, TlsKey: null, TlsAuthority: null };

    public static IEnumerable<string> Faults(SiloOptions options)
    {
        if (!IsAskedFor(options))
            yield break;
        if (options.TlsCertificate is null)
            yield return "--tls-certificate: missing beside --tls-key or --tls-authority; expected the file of the silo's own certificate";
        if (options.TlsAuthority is null)
            yield return "--tls-authority: missing beside --tls-certificate or --tls-key; expected the file of the certificate of who has signed all silos'";
        if (options.Postgres is null)
            yield return "--tls-certificate: found without --postgres, by which silos find one another; this one would be alone";
        if (Of(options) is not { } files)
            yield break;
        foreach (var fault in TlsFiles.Read(files, TlsPurpose.OfSilo, out _))
            yield return $"--tls-{fault.Option.ToLowerInvariant()}: {fault.Text}";
    }
}
