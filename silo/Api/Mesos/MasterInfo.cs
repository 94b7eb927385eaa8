using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>The master that a scheduler speaks with: this silo, at the address at which it was reached. Any silo takes any call, so none leads.</summary>
internal static class MasterInfo
{
    /// <summary>Of the version of Mesos whose API this is; clients look at it to know what they may ask for.</summary>
    public const string Version = "1.11.0";

    public static JsonObject Of(HttpContext http)
    {
        var address = AddressOf(http);
        var port = http.Connection.LocalPort;
        return new JsonObject
        {
            ["id"] = $"silo-{port}",
            ["ip"] = address.AddressFamily == AddressFamily.InterNetwork ? BinaryPrimitives.ReadUInt32LittleEndian(address.GetAddressBytes()) : 0,
            ["port"] = port,
            ["pid"] = $"master@{address}:{port}",
            ["hostname"] = $"{address}",
            ["version"] = Version,
            ["address"] = new JsonObject { ["hostname"] = $"{address}", ["ip"] = $"{address}", ["port"] = port },
        };
    }

    public static IPAddress AddressOf(HttpContext http)
    {
        var address = http.Connection.LocalIpAddress ?? IPAddress.Loopback;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
