using System.IO.Pipelines;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;
using OrleansCluster.Client.Hosting.Tls;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Api.OverOrleans.Tls;

/// <summary>Two members over a pipe, through Orleans's own TLS: who is let in, and what the one who refuses says.</summary>
public sealed class HandshakeTests : IDisposable
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(30);

    private readonly TestAuthority _authority = new("authority");
    private readonly TestAuthority _other = new("other");
    private readonly LogLines _log = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Connect_BothOfTheAuthority_Connected()
    {
        Assert.True(await Connect(Of(_authority.Issue("client")), Of(_authority.Issue("server"))));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Connect_ThroughAnIntermediateThatOnlyItsHolderHas_Connected()
    {
        using var intermediate = _authority.IssueIntermediate("intermediate");
        var far = Of(intermediate.Issue("far")) with { Intermediates = [X509Certificate2.CreateFromPem(intermediate.Pem)] };

        Assert.True(await Connect(far, Of(_authority.Issue("server"))));
        Assert.True(await Connect(Of(_authority.Issue("client")), far));
    }

    [Fact]
    public async Task Connect_ClientOfAnotherAuthority_TheServerRefuses()
    {
        Assert.False(await Connect(Of(_other.Issue("alien")), Of(_authority.Issue("server"))));
        Assert.Contains(_log.Lines, line => line.Contains("'CN=alien' of the other side is refused: it is signed by 'CN=other', which is not the authority", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connect_ServerOfAnotherAuthority_TheClientRefuses()
    {
        Assert.False(await Connect(Of(_authority.Issue("client")), Of(_other.Issue("alien"))));
        Assert.Contains(_log.Lines, line => line.Contains("'CN=alien' of the other side is refused: it is signed by 'CN=other', which is not the authority", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connect_ClientsCertificateHasExpired_TheServerRefuses()
    {
        Assert.False(await Connect(Of(_authority.Issue("late", daysFromNow: -2)), Of(_authority.Issue("server"))));
        Assert.Contains(_log.Lines, line => line.Contains("'CN=late' of the other side is refused: it is valid from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connect_ServersCertificateIsShownByAClient_TheServerRefuses()
    {
        // By Orleans's options alone a client would not show it: it has to be one that does not check.
        var client = new TlsOptions { ClientCertificateMode = RemoteCertificateMode.NoCertificate };
        var certificate = _authority.Issue("server", usages: TestAuthority.ForServer);
        client.AllowAnyRemoteCertificate();
        client.OnAuthenticateAsClient = (_, tls) => tls.ClientCertificates = [certificate];

        Assert.False(await Connect(client, Of(_authority.Issue("server"))));
        Assert.Contains(_log.Lines, line => line.Contains("is refused: it is not for clientAuth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connect_ClientShowsNoCertificate_TheServerRefuses()
    {
        var client = new TlsOptions { ClientCertificateMode = RemoteCertificateMode.NoCertificate };
        client.AllowAnyRemoteCertificate();

        Assert.False(await Connect(client, Of(_authority.Issue("server"))));
        Assert.NotEmpty(_log.Lines);
    }

    private TlsCredentials Of(X509Certificate2 certificate) => new(certificate, [X509Certificate2.CreateFromPem(_authority.Pem)], []);

    private Task<bool> Connect(TlsCredentials client, TlsCredentials server) => Connect(OptionsOf(client), server);

    /// <returns>Whether a byte came to the server and back.</returns>
    private async Task<bool> Connect(TlsOptions client, TlsCredentials server)
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        await using var services = new ServiceCollection().AddLogging(log => log.AddProvider(_log)).BuildServiceProvider();
        var echoed = false;
        var serving = Run(services, toServer.Reader, toClient.Writer, tls => tls.UseServerTls(OptionsOf(server)), async connection =>
        {
            var read = await connection.Transport.Input.ReadAsync();
            if (read.Buffer.Length > 0)
                await connection.Transport.Output.WriteAsync(read.Buffer.First);
        });
        var calling = Run(services, toClient.Reader, toServer.Writer, tls => tls.UseClientTls(client), async connection =>
        {
            await connection.Transport.Output.WriteAsync(new byte[] { 42 });
            echoed = (await connection.Transport.Input.ReadAsync()).Buffer.Length == 1;
        });
        await Task.WhenAll(serving, calling).WaitAsync(_soon);
        return echoed;
    }

    /// <summary>One side, to its end: then the other one reads no more from it.</summary>
    private static async Task Run(IServiceProvider services, PipeReader input, PipeWriter output, Action<IConnectionBuilder> secure, Func<ConnectionContext, Task> act)
    {
        var builder = new ConnectionBuilder(services);
        secure(builder);
        builder.Run(act);
        var transport = new DuplexPipe(input, output);
        await using var connection = new DefaultConnectionContext("test", transport, transport);
        try
        {
            await builder.Build()(connection);
        }
        catch (IOException)
        {
            // The other side has refused.
        }
        finally
        {
            await output.CompleteAsync();
            await input.CompleteAsync();
        }
    }

    private static TlsOptions OptionsOf(TlsCredentials credentials)
    {
        var options = new TlsOptions();
        MutualTls.Configure(options, credentials);
        return options;
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
