using OpenTelemetry.Exporter;

namespace OrleansCluster.Silo.Telemetry;

/// <summary>Where traces, metrics and logs are sent, and in which of OTLP's two forms.</summary>
internal sealed record OtlpTarget(Uri Address, OtlpExportProtocol Protocol)
{
    private const string Grpc = "grpc";
    private const string HttpProtobuf = "http/protobuf";

    // OTLP's registered ports.
    private const int GrpcPort = 4317;
    private const int HttpPort = 4318;

    /// <param name="protocol"><see langword="null"/> to go by the port.</param>
    /// <exception cref="FormatException">It is no such address, or does not say which form.</exception>
    public static OtlpTarget Parse(string url, string? protocol)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" })
            throw new FormatException($"'{url}' found; expected an address such as http://127.0.0.1:{GrpcPort}, without a path");
        return new OtlpTarget(address, ProtocolOf(address, protocol));
    }

    public static bool IsProtocol(string protocol) => protocol is Grpc or HttpProtobuf;

    public void Configure(OtlpExporterOptions options, string signal)
    {
        options.Protocol = Protocol;

        // An address that is set in code is taken as it is, so the path that belongs to the signal is ours to add.
        options.Endpoint = Protocol == OtlpExportProtocol.HttpProtobuf ? new Uri(Address, $"v1/{signal}") : Address;
    }

    private static OtlpExportProtocol ProtocolOf(Uri address, string? protocol) => (protocol, address.Port) switch
    {
        (Grpc, _) or (null, GrpcPort) => OtlpExportProtocol.Grpc,
        (HttpProtobuf, _) or (null, HttpPort) => OtlpExportProtocol.HttpProtobuf,
        _ => throw new FormatException(
            $"'{address}' found, whose port is neither {GrpcPort} nor {HttpPort}; expected --otlp-protocol {Grpc} or {HttpProtobuf} beside it"),
    };
}
