using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>Docker writes its names as C# does, but for a few in capitals, which say so themselves.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(ImmutableArray<Wire.ContainerSummary>))]
[JsonSerializable(typeof(Wire.ContainerDetails))]
[JsonSerializable(typeof(Wire.ContainerStats))]
[JsonSerializable(typeof(Wire.CreateAnswer))]
[JsonSerializable(typeof(Wire.CreateContainer))]
[JsonSerializable(typeof(Wire.DaemonInfo))]
[JsonSerializable(typeof(Wire.DaemonVersion))]
[JsonSerializable(typeof(Wire.ErrorAnswer))]
[JsonSerializable(typeof(Wire.EventMessage))]
[JsonSerializable(typeof(Wire.ImageDetails))]
[JsonSerializable(typeof(Wire.PullProgress))]
[JsonSerializable(typeof(Wire.WaitAnswer))]
internal sealed partial class DockerJson : JsonSerializerContext;
