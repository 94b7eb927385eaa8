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
        GrainReference reference => Cast<T>(reference.Class, reference.Id),
        IGrainBase { GrainContext: Activation activation } => Cast<T>(activation.Class, activation.GrainId),
        _ => throw NotAGrain(grain),
    };

    private static T Cast<T>(GrainClass grainClass, GrainId id) => grainClass.Implementation.IsAssignableTo(typeof(T))
        ? (T)grainClass.Engine.Prototype(typeof(T), grainClass).With(id.Key)
        : throw new InvalidCastException($"{grainClass.Implementation} does not implement {typeof(T)}.");

    private static ArgumentException NotAGrain(IAddressable grain) => new(
        $"{grain?.GetType().FullName ?? "null"} is neither a reference to a grain nor a grain that the engine has created.", nameof(grain));
}
