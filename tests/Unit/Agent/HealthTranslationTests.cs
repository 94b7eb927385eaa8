using System.Text.Json;
using OrleansCluster.Silo.Agent.Docker;
using Wire = OrleansCluster.Silo.Agent.Docker.Wire;

namespace OrleansCluster.Tests.Unit.Agent;

public sealed class HealthTranslationTests
{
    [Fact]
    public void Translate_ACommand_IsRunByDockerWithEcsTimes() => Assert.Equal(
        """{"Test":["CMD","test","-f","/ready"],"Interval":30000000000,"Timeout":5000000000,"Retries":3,"StartPeriod":0}""",
        Json(new HealthCheckSpec { Command = ["test", "-f", "/ready"] }));

    /// <summary>Zero is what the image says.</summary>
    [Fact]
    public void Translate_TheImagesOwn_KeepsWhatIsNotSaid() => Assert.Equal(
        """{"Interval":7000000000,"Timeout":0,"Retries":0,"StartPeriod":0}""", Json(new HealthCheckSpec { Image = true, Interval = 7 }));

    [Fact]
    public void Translate_WhatDockerIsNotToCheck_SwitchesTheImagesOwnOff()
    {
        Assert.Contains("NONE", Json(null), StringComparison.Ordinal);
        Assert.Contains("NONE", Json(new HealthCheckSpec { Tcp = new TcpCheckSpec { Port = 1 } }), StringComparison.Ordinal);
        Assert.Contains("NONE", Json(new HealthCheckSpec { Http = new HttpCheckSpec { Port = 1 } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("starting", HealthStatus.Unknown)]
    [InlineData("healthy", HealthStatus.Healthy)]
    [InlineData("unhealthy", HealthStatus.Unhealthy)]
    public void Translate_AState_IsTheClusters(string word, HealthStatus? expected) =>
        Assert.Equal(expected, HealthTranslation.Translate(new Wire.HealthState { Status = word })?.Status);

    [Fact]
    public void Translate_Unhealthy_SaysWhatTheLastCheckRanInto()
    {
        Assert.Equal("exit code 7: not yet", Reason(new Wire.HealthResult(1, "before"), new Wire.HealthResult(7, "not yet\n")));
        Assert.Equal("exit code 1", Reason(new Wire.HealthResult(1, "")));
        Assert.Equal("Health check exceeded timeout (5s)", Reason(new Wire.HealthResult(-1, "Health check exceeded timeout (5s)")));
        Assert.NotNull(Reason());
    }

    private static string? Reason(params Wire.HealthResult[] log) => HealthTranslation.Translate(new Wire.HealthState { Status = "unhealthy", Log = log })!.Reason;

    private static string Json(HealthCheckSpec? check) => JsonSerializer.Serialize(HealthTranslation.Translate(check), DockerJson.Default.HealthConfig);
}
