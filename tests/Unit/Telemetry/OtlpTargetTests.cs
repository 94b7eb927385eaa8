using OpenTelemetry.Exporter;
using OrleansCluster.Silo.Telemetry;

namespace OrleansCluster.Tests.Unit.Telemetry;

public sealed class OtlpTargetTests
{
    [Theory]
    [InlineData("http://127.0.0.1:4317", null, OtlpExportProtocol.Grpc, "http://127.0.0.1:4317/")]
    [InlineData("http://127.0.0.1:4318", null, OtlpExportProtocol.HttpProtobuf, "http://127.0.0.1:4318/v1/traces")]
    [InlineData("https://collector:4318/", "grpc", OtlpExportProtocol.Grpc, "https://collector:4318/")]
    [InlineData("https://collector", "http/protobuf", OtlpExportProtocol.HttpProtobuf, "https://collector/v1/traces")]
    public void Configure_ProtocolGivenOrByPort_SetsBoth(string url, string? protocol, OtlpExportProtocol expected, string address)
    {
        var options = new OtlpExporterOptions();

        OtlpTarget.Parse(url, protocol).Configure(options, "traces");

        Assert.Equal((expected, address), (options.Protocol, options.Endpoint.ToString()));
    }

    [Theory]
    [InlineData("collector:4317", null, "expected an address such as")]
    [InlineData("ftp://collector:4317", null, "expected an address such as")]
    [InlineData("http://collector:4318/v1/traces", null, "without a path")]
    [InlineData("http://me:secret@collector:4318", null, "expected an address such as")]
    [InlineData("", null, "expected an address such as")]
    [InlineData("http://collector:9999", null, "expected --otlp-protocol grpc or http/protobuf")]
    public void Parse_WhatItIsNot_SaysWhatIsExpected(string url, string? protocol, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => OtlpTarget.Parse(url, protocol)).Message);
}
