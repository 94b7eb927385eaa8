using OrleansCluster.Silo.Hosting;

namespace OrleansCluster.Tests.Docker.Images;

/// <summary>The image of this tree's silo on the engine that is tested, built by <c>infra/image</c> when the first test asks for it.</summary>
public sealed class SiloImage : IAsyncDisposable
{
    private readonly Lazy<Task> _build;

    public SiloImage() => _build = new Lazy<Task>(Build);

    public string Tag { get; } = $"ocs/silo:test-{Guid.NewGuid():N}";

    public Task EnsureBuilt() => _build.Value;

    /// <summary>What it stands on is left for the next run.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_build.IsValueCreated)
            await Script.Run("ocs_docker_api DELETE \"/images/$1\"", Tag);
    }

    private Task Build() => Script.Run(
        "infra/image --engine \"$@\"", [Engine.Name.ToLowerInvariant(), "--tag", Tag, .. Engine.HasManySilos ? (string[])["--postgres"] : []]);
}
