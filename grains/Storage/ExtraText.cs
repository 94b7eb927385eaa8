using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrleansCluster.Grains.Storage;

/// <summary>GPUs and named amounts as columns hold them: JSON, and NULL where there are none.</summary>
internal static class ExtraText
{
    // A node is written thousands of times with the same devices.
    private static readonly ConditionalWeakTable<ExtraCapacity, string> _capacities = [];

    public static string? OfCapacity(ExtraCapacity? capacity) =>
        capacity is null ? null : _capacities.GetValue(capacity, value => JsonSerializer.Serialize(value, StoreJson.Options));

    public static string? Of(ExtraClaim? claim) => claim is null ? null : JsonSerializer.Serialize(claim, StoreJson.Options);

    public static T? Parse<T>(string? text)
        where T : class =>
        text is null ? null : JsonSerializer.Deserialize<T>(text, StoreJson.Options);
}
