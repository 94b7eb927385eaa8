using Orleans;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>From grains and references to ids and to other references.</summary>
internal static class References
{
    internal static GrainId IdOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference.Id,
        IGrainBase { GrainContext: { } context } => context.GrainId,
        _ => throw NotAGrain(grain),
    };

    internal static T Cast<T>(IAddressable grain) => grain switch
    {
        GrainReference reference => (T)reference.Engine.NewReference(typeof(T), reference.Class, reference.Id.Key),
        IGrainBase { GrainContext: Activation activation } =>
            (T)activation.Engine.NewReference(typeof(T), activation.Class, activation.GrainId.Key),
        _ => throw NotAGrain(grain),
    };

    private static ArgumentException NotAGrain(IAddressable grain) => new(
        $"{grain?.GetType().FullName ?? "null"} is neither a reference to a grain nor a grain that the engine has created.", nameof(grain));
}
