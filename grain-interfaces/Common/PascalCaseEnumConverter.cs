using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>Writes enums by their names, as ECS writes its stop codes: <c>EssentialContainerExited</c>. Numbers are refused.</summary>
public sealed class PascalCaseEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
