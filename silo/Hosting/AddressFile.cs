using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OrleansCluster.Silo.Hosting;

/// <summary>Writes where the API listens to <c>api.address</c> in the data folder, for scripts that let the system choose the port; removed at the end.</summary>
internal sealed class AddressFile(SiloOptions options, IServer server, IHostApplicationLifetime lifetime) : IHostedService
{
    private string File => Path.Combine(options.Data, "api.address");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Write);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        System.IO.File.Delete(File);
        return Task.CompletedTask;
    }

    private void Write()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
            return;

        // Whole or not at all: whoever waits for the file reads it as soon as it is there.
        Directory.CreateDirectory(options.Data);
        System.IO.File.WriteAllText(File + ".new", address);
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }
}
