using System.Collections.Immutable;

namespace OrleansCluster.Tests.Docker.Services;

/// <summary>Six web servers that answer with their version and the name of their task.</summary>
internal static class WebService
{
    public const int Count = 6;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    public static ServiceSpec Spec(string version) => new()
    {
        Name = "web",
        DesiredCount = Count,
        Containers =
        [
            new ContainerSpec
            {
                Name = "httpd",
                Image = Daemon.Image,
                Command = ["sh", "-c", "mkdir /w && echo $VERSION $OCS_TASK_ID > /w/index.html && exec httpd -f -p 80 -h /w"],
                Environment = ImmutableSortedDictionary<string, string>.Empty.Add("VERSION", version),
                Resources = new Resources(200, 16, 0),
                Ports = [new PortMapping { Container = 80 }],
                StopTimeout = 2,
            },
        ],
        DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyTime = 1 },
    };

    public static async Task Put(IServiceGrain service, ServiceSpec spec)
    {
        var answer = await service.Put(spec, PutMode.Any);
        Assert.True(answer.IsAccepted, $"{answer.Refusal}");
    }

    public static async Task Delete(IServiceGrain service)
    {
        Assert.True((await service.Delete()).IsAccepted);
        await Poll.Until("the service to be gone", async () => await service.Get() is null ? "so" : null);
    }

    /// <param name="condition">Asked of each version of the service that is seen.</param>
    public static async Task WaitFor(IServiceGrain service, string what, Func<ServiceView, bool> condition)
    {
        using var patience = new CancellationTokenSource(_patience);
        var view = await service.Get();
        while (view is null || !condition(view))
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"expected that the service {what} within {_patience}; it is {view}: {string.Join(", ", view?.Tasks ?? [])}; {string.Join(", ", view?.Metrics ?? [])}; {string.Join(", ", view?.Events ?? [])}");
            view = await service.Watch(view?.Version ?? 0, TimeSpan.FromSeconds(5), CancellationToken.None);
        }
    }
}
