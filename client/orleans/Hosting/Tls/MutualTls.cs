using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace OrleansCluster.Client.Hosting.Tls;

/// <summary>Makes every connection between members TLS, on which both sides show certificates of the deployment's authority.</summary>
internal static class MutualTls
{
    public static void Use(ISiloBuilder silo, TlsCredentials credentials) => silo.UseTls(options => Configure(options, credentials));

    public static void Use(IClientBuilder client, TlsCredentials credentials) => client.UseTls(options => Configure(options, credentials));

    internal static void Configure(TlsOptions options, TlsCredentials credentials)
    {
        options.LocalCertificate = credentials.Certificate;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = Check;

        // Offline, because otherwise a certificate that names where its issuer is published would have each handshake look there.
        var shown = SslStreamCertificateContext.Create(credentials.Certificate, credentials.Intermediates, offline: true);
        options.OnAuthenticateAsServer = (_, server) =>
        {
            var tls = (SslServerAuthenticationOptions)server.SslServerAuthenticationOptions;
            (tls.ServerCertificateContext, tls.ServerCertificateSelectionCallback) = (shown, null);
            tls.CertificateChainPolicy = credentials.PolicyFor(TlsPurpose.Client);
        };
        options.OnAuthenticateAsClient = (_, client) =>
        {
            var tls = (SslClientAuthenticationOptions)client.SslClientAuthenticationOptions;
            (tls.ClientCertificateContext, tls.ClientCertificates) = (shown, null);
            tls.CertificateChainPolicy = credentials.PolicyFor(TlsPurpose.Server);
        };
    }

    /// <summary>Which certificates pass has been decided by the policy; but for the name, which says nothing about membership.</summary>
    /// <exception cref="AuthenticationException">Instead of an answer, so that Orleans logs the reason.</exception>
    private static bool Check(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (chain is not { ChainPolicy.TrustMode: X509ChainTrustMode.CustomRootTrust })
            throw new AuthenticationException($"The certificate '{certificate.Subject}' was not checked against the authority.");
        if ((errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None)
            return true;
        var purpose = chain.ChainPolicy.ApplicationPolicy[0].Value == TlsPurpose.Client.Usage.Value ? TlsPurpose.Client : TlsPurpose.Server;
        string[] reasons = [.. CertificateFaults.Describe(chain, purpose.Name).DefaultIfEmpty($"is not valid ({errors})")];
        throw new AuthenticationException($"The certificate '{certificate.Subject}' of the other side is refused: it {string.Join("; it ", reasons)}.");
    }
}
