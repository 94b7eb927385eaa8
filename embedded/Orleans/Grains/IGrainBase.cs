using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain class must offer; <see cref="Grain"/> does so already.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
