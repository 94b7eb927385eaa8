using OrleansCluster.Silo.Telemetry.Prometheus;

namespace OrleansCluster.Tests.Unit.Telemetry;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("ocs.store.commit.duration", "s", "histogram", "ocs_store_commit_duration_seconds")]
    [InlineData("ocs.task.ended", "{attempt}", "counter", "ocs_task_ended_total")]
    [InlineData("requests_total", null, "counter", "requests_total")]
    [InlineData("cpu.time.seconds", "s", "counter", "cpu_time_seconds_total")]
    [InlineData("memory", "By", "gauge", "memory_bytes")]
    [InlineData("memory.bytes", "By", "gauge", "memory_bytes")]
    [InlineData("use", "1", "gauge", "use_ratio")]
    [InlineData("use", "1", "counter", "use_total")]
    [InlineData("disk.io", "By/s", "gauge", "disk_io_bytes_per_seconds")]
    [InlineData("rate", "{call}/s", "gauge", "rate_call_per_seconds")]
    [InlineData("9.lives", "", "gauge", "_9_lives")]
    [InlineData("a..b--c", "", "gauge", "a_b_c")]
    [InlineData("a:b", "", "gauge", "a:b")]
    [InlineData("fuel", "L", "gauge", "fuel_L")]
    public void Of_NameUnitAndKind_AsTheSpecificationSays(string name, string? unit, string kind, string expected) =>
        Assert.Equal(expected, PrometheusNames.Of(name, unit, kind));

    [Theory]
    [InlineData("http.request.method", "http_request_method")]
    [InlineData("a:b", "a_b")]
    [InlineData("", "_")]
    public void LabelOf_Tag_HasOnlyWhatLabelsMayHave(string tag, string expected) => Assert.Equal(expected, PrometheusNames.LabelOf(tag));
}
