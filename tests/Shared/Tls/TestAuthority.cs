using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Shared;

/// <summary>A certificate authority of a test's own.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ForClient = "1.3.6.1.5.5.7.3.2";
    public const string ForServer = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset _began = DateTimeOffset.UtcNow.AddDays(-100);
    private static readonly DateTimeOffset _ends = DateTimeOffset.UtcNow.AddDays(100);

    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create();
        _certificate = RequestAuthority(name, key).CreateSelfSigned(_began, _ends);
    }

    private TestAuthority(X509Certificate2 certificate) => _certificate = certificate;

    public string Pem => _certificate.ExportCertificatePem();

    public TestAuthority IssueIntermediate(string name)
    {
        using var key = ECDsa.Create();
        using var issued = RequestAuthority(name, key).Create(_certificate, _began, _ends.AddDays(-1), RandomNumberGenerator.GetBytes(8));
        return new TestAuthority(issued.CopyWithPrivateKey(key));
    }

    /// <summary>Valid for a day, now where nothing else is said.</summary>
    /// <param name="usages">Extended key usages; a certificate for client and server where there are none.</param>
    public X509Certificate2 Issue(string name, int daysFromNow = 0, params string[] usages)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [.. (usages.Length == 0 ? [ForClient, ForServer] : usages).Select(usage => new Oid(usage))], critical: false));
        var begin = DateTimeOffset.UtcNow.AddDays(daysFromNow).AddHours(-12);
        using var issued = request.Create(_certificate, begin, begin.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Files of a new certificate and its key, and of this authority.</summary>
    public OrleansClusterTlsOptions IssueTo(string directory, string name)
    {
        using var certificate = Issue(name);
        using var key = certificate.GetECDsaPrivateKey()!;
        return new OrleansClusterTlsOptions
        {
            Certificate = Write(Path.Combine(directory, $"{name}.pem"), certificate.ExportCertificatePem()),
            Key = Write(Path.Combine(directory, $"{name}.key"), key.ExportPkcs8PrivateKeyPem()),
            Authority = Write(Path.Combine(directory, $"{name}.authority.pem"), Pem),
        };
    }

    public void Dispose() => _certificate.Dispose();

    private static CertificateRequest RequestAuthority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static string Write(string file, string text)
    {
        File.WriteAllText(file, text);
        return file;
    }
}
