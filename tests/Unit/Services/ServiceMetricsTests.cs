using OrleansCluster.Grains.Services.Autoscaling;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class ServiceMetricsTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<int, int> _running = new() { [1] = 1, [2] = 4 };
    private readonly ServiceMetrics _metrics = new();

    [Fact]
    public void Read_WhatWasPut_CountsForAMinute()
    {
        _metrics.Put("queue", 7, _now);

        Assert.Equal(new MetricReading(7, _now, 0), _metrics.Read(_running, _now.AddSeconds(59))["queue"]);
        Assert.Empty(_metrics.Read(_running, _now.AddSeconds(60)));
    }

    [Fact]
    public void Put_MoreThanThirtyTwo_IsRefusedUntilOthersAreForgotten()
    {
        for (var i = 0; i < ServiceMetrics.Most; i++)
            Assert.True(_metrics.Put($"m{i}", i, _now.AddSeconds(i == 0 ? 0 : 1)));

        Assert.False(_metrics.Put("more", 1, _now.AddSeconds(2)));
        Assert.True(_metrics.Put("m1", 9, _now.AddSeconds(2)));
        Assert.True(_metrics.Put("more", 1, _now.AddSeconds(60)));
    }

    [Fact]
    public void Read_Usage_IsTheAverageOverTheAttemptsThatRun()
    {
        Report(1, 1, cpu: 20);
        Report(2, 3, cpu: 1000);
        Report(3, 1, cpu: 1000);
        Assert.Equal(new MetricReading(20, _now, 1), _metrics.Read(_running, _now)["cpu"]);

        Report(2, 4, cpu: 60);
        Assert.Equal(new MetricReading(40, _now, 2), _metrics.Read(_running, _now)["cpu"]);
        Assert.Equal(new MetricReading(25, _now, 2), _metrics.Read(_running, _now)["memory"]);
    }

    [Fact]
    public void Read_TaskWithoutCpu_HasMemoryAlone()
    {
        Report(1, 1, cpu: null);

        Assert.Equal(["memory"], _metrics.Read(_running, _now).Keys);
    }

    private void Report(int number, int attempt, double? cpu) =>
        _metrics.Report(number, new TaskUsage { TaskId = $"web.0.{number}", Attempt = attempt, Cpu = cpu, Memory = 25 }, _now);
}
