namespace OrleansCluster.Client;

/// <summary>
/// By which a member of a deployment and the others know one another: every connection is TLS, and either side shows a certificate that the same
/// authority has signed. Names in certificates are not compared with addresses, since whoever the authority has signed for is a member. All of a
/// deployment's silos and clients have such options, or none has. The files are read once, at the start.
/// </summary>
public sealed record OrleansClusterTlsOptions
{
    /// <summary>
    /// File of the certificate: PEM, its intermediate certificates after it, or PFX without a password. Where it has extended key usages,
    /// clientAuth is among them, and a silo's has serverAuth as well.
    /// </summary>
    public required string Certificate { get; init; }

    /// <summary>File of the certificate's private key, PEM without a password; <see langword="null"/> where the certificate's file holds it, too.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// File of the authority's certificate, PEM; several while one authority takes over from another. Nobody else's certificates are accepted,
    /// the system's authorities included, and no revocation list is asked for.
    /// </summary>
    public required string Authority { get; init; }
}
