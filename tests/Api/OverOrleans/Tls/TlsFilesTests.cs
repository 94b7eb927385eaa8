using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansCluster.Client;
using OrleansCluster.Client.Hosting.Tls;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Api.OverOrleans.Tls;

/// <summary>Files of certificates, as operators have them, and what is wrong with others.</summary>
public sealed class TlsFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ocs-tls-").FullName;
    private readonly TestAuthority _authority = new("authority");
    private readonly OrleansClusterTlsOptions _good;

    public TlsFilesTests() => _good = _authority.IssueTo(_directory, "host");

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Read_CertificateAndKey_Taken()
    {
        Assert.Empty(Read(_good, out var credentials));

        Assert.True(credentials!.Certificate.HasPrivateKey);
        Assert.Equal("CN=authority", Assert.Single(credentials.Roots).Subject);
    }

    [Fact]
    public void Read_KeyInTheCertificatesFile_Taken()
    {
        var both = Write("both.pem", File.ReadAllText(_good.Key!) + "\n" + File.ReadAllText(_good.Certificate));

        Assert.Empty(Read(_good with { Certificate = both, Key = null }, out _));
    }

    [Fact]
    public void Read_Pfx_TakenWithoutAKeyBesideIt()
    {
        using var certificate = _authority.Issue("host");
        var pfx = Path.Combine(_directory, "host.pfx");
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pfx));

        Assert.Empty(Read(_good with { Certificate = pfx, Key = null }, out _));
        Assert.StartsWith($"'{_good.Key}' found beside '{pfx}'", FaultOf(_good with { Certificate = pfx }, "Key"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_SignedByAnIntermediate_TakenWhereverThatStands(bool besideTheAuthority)
    {
        using var intermediate = _authority.IssueIntermediate("intermediate");
        var files = intermediate.IssueTo(_directory, "far");
        if (besideTheAuthority)
            files = files with { Authority = Write("all.pem", intermediate.Pem + "\n" + _authority.Pem) };
        else
            files = files with { Authority = _good.Authority, Certificate = Write("chain.pem", File.ReadAllText(files.Certificate) + "\n" + intermediate.Pem) };

        Assert.Empty(Read(files, out var credentials));
        Assert.Equal(("CN=far", "CN=intermediate"), (credentials!.Certificate.Subject, Assert.Single(credentials.Intermediates).Subject));
    }

    [Fact]
    public void Read_TwoAuthorities_BothTaken()
    {
        using var next = new TestAuthority("next");
        var both = Write("both.pem", _authority.Pem + "\n" + next.Pem);

        Assert.Empty(Read(_good with { Authority = both }, out _));
        Assert.Empty(Read(next.IssueTo(_directory, "new") with { Authority = both }, out _));
    }

    [Fact]
    public void Read_AllFilesAreGone_NamesEachOfThem()
    {
        var faults = Read(new OrleansClusterTlsOptions { Certificate = "/gone/a", Key = "/gone/b", Authority = "/gone/c" }, out var credentials);

        Assert.Null(credentials);
        Assert.Equal(["Authority", "Certificate", "Key"], faults.Select(f => f.Option).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.Matches("^'/gone/[abc]' cannot be read ", fault.Text));
    }

    [Fact]
    public void Read_NoKey_SaysSo() =>
        Assert.StartsWith($"'{_good.Certificate}' holds no private key", FaultOf(_good with { Key = null }, "Certificate"), StringComparison.Ordinal);

    [Fact]
    public void Read_KeyOfAnother_SaysSo()
    {
        var other = _authority.IssueTo(_directory, "other");

        Assert.StartsWith($"'{other.Key}' holds no key that fits the certificate", FaultOf(_good with { Key = other.Key }, "Key"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyWithAPassword_SaysSo()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(_good.Key!));
        var locked = Write("locked.key", key.ExportEncryptedPkcs8PrivateKeyPem("hush", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

        Assert.Contains("PEM without a password", FaultOf(_good with { Key = locked }, "Key"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is neither PEM nor PFX")]
    [InlineData("-----BEGIN NOTHING-----", "holds no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "holds a certificate that cannot be read")]
    public void Read_NoCertificate_SaysSo(string text, string expected) =>
        Assert.Contains(expected, FaultOf(_good with { Certificate = Write("none.pem", text) }, "Certificate"), StringComparison.Ordinal);

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void Read_NotValidNow_SaysFromWhenToWhen(int daysFromNow)
    {
        using var certificate = _authority.Issue("host", daysFromNow);

        Assert.Matches("is valid from [0-9: -]+Z to [0-9: -]+Z, and not now; expected", FaultOf(Files(certificate), "Certificate"));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("authority")]
    public void Read_SignedByAnother_SaysByWhom(string name)
    {
        using var other = new TestAuthority(name);

        Assert.Contains($"is signed by 'CN={name}', which is not the authority", FaultOf(other.IssueTo(_directory, "alien") with { Authority = _good.Authority }, "Certificate"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ForOnePurposeAlone_IsAClientsOrNobodys()
    {
        using var forClients = _authority.Issue("client", usages: TestAuthority.ForClient);
        using var forServers = _authority.Issue("server", usages: TestAuthority.ForServer);

        Assert.Contains("is not for serverAuth", FaultOf(Files(forClients), "Certificate"), StringComparison.Ordinal);
        Assert.Contains("is not for clientAuth", FaultOf(Files(forServers), "Certificate"), StringComparison.Ordinal);
        Assert.Empty(TlsFiles.Read(Files(forClients), TlsPurpose.OfClient, out _));
    }

    [Fact]
    public void Read_AMembersCertificateAsAuthority_Refused() =>
        Assert.Contains("'CN=host', which is no authority's", FaultOf(_good with { Authority = _good.Certificate }, "Authority"), StringComparison.Ordinal);

    [Fact]
    public void Read_IntermediatesAlone_Refused()
    {
        using var intermediate = _authority.IssueIntermediate("intermediate");

        Assert.Contains("holds intermediate certificates alone", FaultOf(_good with { Authority = Write("middle.pem", intermediate.Pem) }, "Authority"), StringComparison.Ordinal);
    }

    private static IReadOnlyList<TlsFault> Read(OrleansClusterTlsOptions files, out TlsCredentials? credentials) => TlsFiles.Read(files, TlsPurpose.OfSilo, out credentials);

    private static string FaultOf(OrleansClusterTlsOptions files, string option)
    {
        var fault = Assert.Single(Read(files, out var credentials));
        Assert.Null(credentials);
        Assert.Equal(option, fault.Option);
        return fault.Text;
    }

    private OrleansClusterTlsOptions Files(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return _good with { Certificate = Write("own.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()), Key = null };
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, text);
        return file;
    }
}
