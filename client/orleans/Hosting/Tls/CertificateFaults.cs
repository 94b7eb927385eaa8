using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace OrleansCluster.Client.Hosting.Tls;

/// <summary>Says in an operator's words why a certificate is not accepted.</summary>
internal static class CertificateFaults
{
    /// <summary>Why others will not accept a member's own certificate; empty when they will.</summary>
    public static IEnumerable<string> Find(TlsCredentials credentials, IEnumerable<TlsPurpose> purposes)
    {
        var faults = new List<string>();
        foreach (var purpose in purposes)
        {
            using var chain = new X509Chain { ChainPolicy = credentials.PolicyFor(purpose) };
            if (!chain.Build(credentials.Certificate))
                faults.AddRange(Describe(chain, purpose.Name));
        }

        return faults.Distinct(StringComparer.Ordinal);
    }

    /// <summary>Each kind of fault once, where it is nearest to the certificate: its issuers are also said to lack a usage that it lacks.</summary>
    /// <param name="chain">As it was built, in vain.</param>
    /// <param name="purpose">What the certificate was shown for.</param>
    public static IEnumerable<string> Describe(X509Chain chain, string purpose) =>
        chain.ChainElements
            .SelectMany((element, depth) => element.ChainElementStatus.Select(status => (element.Certificate, Depth: depth, Status: status)))
            .DistinctBy(found => found.Status.Status)
            .Select(found => Describe(found.Certificate, found.Depth, found.Status, purpose))
            .Distinct(StringComparer.Ordinal);

    private static string Describe(X509Certificate2 certificate, int depth, X509ChainStatus status, string purpose)
    {
        var whose = depth == 0 ? "" : $"has the issuer '{certificate.Subject}', which ";
        return status.Status switch
        {
            X509ChainStatusFlags.NotTimeValid => $"{whose}is valid from {Time(certificate.NotBefore)} to {Time(certificate.NotAfter)}, and not now",
            X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.NotSignatureValid =>
                $"is signed by '{certificate.Issuer}', which is not the authority",
            X509ChainStatusFlags.NotValidForUsage => $"{whose}is not for {purpose}, by its key usages",
            _ => $"{whose}is not valid ({status.Status}: {status.StatusInformation.Trim()})",
        };
    }

    private static string Time(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
