using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>Writes enums as ECS does: <c>RUNNING</c>, <c>DRAINING</c>. Numbers are refused.</summary>
public sealed class UpperSnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
    where T : struct, Enum;
