using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <summary>Devices that a container is given.</summary>
/// <param name="Driver">Empty: Docker takes whichever driver has the capabilities.</param>
/// <param name="DeviceIDs">As the driver names them.</param>
/// <param name="Capabilities">Alternatives, each a list of what the driver must be able to do.</param>
internal sealed record DeviceRequest(string Driver, [property: JsonPropertyName("DeviceIDs")] string[] DeviceIDs, string[][] Capabilities);
