using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>Writes enums as ECS writes the types of placement: <c>memberOf</c>, <c>binpack</c>. Numbers are refused.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
