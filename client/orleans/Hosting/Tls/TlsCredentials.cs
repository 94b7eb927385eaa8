using System.Security.Cryptography.X509Certificates;

namespace OrleansCluster.Client.Hosting.Tls;

/// <summary>A member's certificate with its key, and the authority by which it knows the others.</summary>
/// <param name="Intermediates">Between certificates and roots: shown to others, and used to check theirs.</param>
internal sealed record TlsCredentials(X509Certificate2 Certificate, X509Certificate2Collection Roots, X509Certificate2Collection Intermediates)
{
    /// <summary>How another's certificate is checked: against these roots alone, with nothing asked of the network. A new one each time, since a chain keeps it.</summary>
    public X509ChainPolicy PolicyFor(TlsPurpose purpose)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(Roots);
        policy.ExtraStore.AddRange(Intermediates);
        policy.ApplicationPolicy.Add(purpose.Usage);
        return policy;
    }
}
