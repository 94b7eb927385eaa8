using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OrleansCluster.Client.Hosting.Tls;

/// <summary>Reads the files that the options name, and finds everything that is wrong with them.</summary>
internal sealed class TlsFiles
{
    private const string KeyLabel = "PRIVATE KEY-----";

    private readonly OrleansClusterTlsOptions _options;
    private readonly List<TlsFault> _faults = [];

    private TlsFiles(OrleansClusterTlsOptions options) => _options = options;

    /// <summary>Files that had no faults when they were checked.</summary>
    /// <exception cref="InvalidOperationException">Now they have.</exception>
    public static TlsCredentials Read(OrleansClusterTlsOptions options, IReadOnlyList<TlsPurpose> purposes) =>
        Read(options, purposes, out var credentials) is [var fault, ..]
            ? throw new InvalidOperationException($"{fault.Option}: {fault.Text}; it was another a moment ago.")
            : credentials!;

    /// <param name="purposes">What the certificate will be shown for.</param>
    /// <param name="credentials"><see langword="null"/> where there are faults.</param>
    public static IReadOnlyList<TlsFault> Read(OrleansClusterTlsOptions options, IReadOnlyList<TlsPurpose> purposes, out TlsCredentials? credentials)
    {
        var files = new TlsFiles(options);
        var own = files.ReadCertificate();
        var authority = files.ReadAuthority();
        credentials = own is null || authority is null ? null : Combine(own, authority);
        if (credentials is not null)
            files._faults.AddRange(CertificateFaults.Find(credentials, purposes).Select(fault => new TlsFault(
                nameof(options.Certificate), $"'{options.Certificate}' {fault}; expected a certificate for {string.Join(" and ", purposes.Select(p => p.Name))} that is valid now and signed by an authority of '{options.Authority}'")));
        if (files._faults.Count > 0)
            credentials = null;
        return files._faults;
    }

    /// <summary>The member's own first, its intermediates after it.</summary>
    private X509Certificate2Collection? ReadCertificate()
    {
        // Also when there is no certificate: all faults are told at once.
        var key = _options.Key is null ? null : ReadText(nameof(_options.Key), _options.Key);
        if (ReadBytes(nameof(_options.Certificate), _options.Certificate) is not { } bytes)
            return null;
        var text = Encoding.UTF8.GetString(bytes);
        if (!text.Contains("-----BEGIN ", StringComparison.Ordinal))
            return ReadPfx(bytes);
        var certificates = ImportPem(nameof(_options.Certificate), _options.Certificate, text);
        if (certificates is null || (_options.Key is not null && key is null))
            return null;
        if (key is null && !text.Contains(KeyLabel, StringComparison.Ordinal))
            return Fault(nameof(_options.Certificate), $"'{_options.Certificate}' holds no private key; expected a file of the key beside it");
        try
        {
            var first = certificates[0];
            certificates[0] = X509Certificate2.CreateFromPem(text, key ?? text);
            first.Dispose();
            return certificates;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            var file = _options.Key ?? _options.Certificate;
            return Fault(nameof(_options.Key), $"'{file}' holds no key that fits the certificate; expected its private key, PEM without a password ({exception.Message})");
        }
    }

    private X509Certificate2Collection? ReadPfx(byte[] bytes)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password: null);
            if (_options.Key is not null)
                return Fault(nameof(_options.Key), $"'{_options.Key}' found beside '{_options.Certificate}', a PFX, which holds its key itself; expected none");
            return all.FirstOrDefault(c => c.HasPrivateKey) is { } own
                ? [own, .. all.Where(c => c != own)]
                : Fault(nameof(_options.Certificate), $"'{_options.Certificate}' holds no certificate with a private key; expected one");
        }
        catch (CryptographicException exception)
        {
            return Fault(nameof(_options.Certificate), $"'{_options.Certificate}' is neither PEM nor PFX without a password; expected one of these ({exception.Message})");
        }
    }

    private X509Certificate2Collection? ReadAuthority()
    {
        if (ReadText(nameof(_options.Authority), _options.Authority) is not { } text || ImportPem(nameof(_options.Authority), _options.Authority, text) is not { } certificates)
            return null;

        // A member's own certificate named here by mistake would make that member the authority.
        if (certificates.FirstOrDefault(c => !IsAuthority(c)) is { } other)
            return Fault(nameof(_options.Authority), $"'{_options.Authority}' holds '{other.Subject}', which is no authority's; expected certificates that may sign others (CA:TRUE) alone");
        return certificates.Any(IsRoot)
            ? certificates
            : Fault(nameof(_options.Authority), $"'{_options.Authority}' holds intermediate certificates alone; expected the self-signed one that they go back to");
    }

    private X509Certificate2Collection? ImportPem(string option, string file, string text)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException exception)
        {
            return Fault(option, $"'{file}' holds a certificate that cannot be read ({exception.Message}); expected PEM");
        }

        return certificates.Count > 0 ? certificates : Fault(option, $"'{file}' holds no certificate; expected one, PEM");
    }

    private string? ReadText(string option, string file) => ReadBytes(option, file) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private byte[]? ReadBytes(string option, string file)
    {
        if (file.Length == 0)
        {
            Fault(option, "found without a file's name; expected one");
            return null;
        }

        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fault(option, $"'{file}' cannot be read ({exception.Message}); expected a file that this process may read");
            return null;
        }
    }

    private X509Certificate2Collection? Fault(string option, string text)
    {
        _faults.Add(new TlsFault(option, text));
        return null;
    }

    private static TlsCredentials Combine(X509Certificate2Collection own, X509Certificate2Collection authority)
    {
        X509Certificate2Collection roots = [.. authority.Where(IsRoot)];
        return new TlsCredentials(own[0], roots, [.. own.Skip(1).Where(c => !IsRoot(c)), .. authority.Where(c => !IsRoot(c))]);
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}
