using OrleansCluster.Silo.Agent;

namespace OrleansCluster.Tests.Unit.Agent;

public sealed class AgentOptionsTests
{
    private static readonly AgentOptions _good = new() { Cluster = "lab", Node = "n1", DataDirectory = "/data/n1" };

    [Fact]
    public void Validate_Defaults_AreGood() => Assert.Empty(AgentOptionsValidator.Validate([_good]));

    [Fact]
    public void Validate_ManyFaults_FindsAllAtOnce()
    {
        var bad = _good with
        {
            Cluster = "",
            Node = "no spaces",
            DataDirectory = " ",
            ReserveCpu = -1,
            ReserveMemory = -1,
            Capacity = new Resources(0, 1, 1),
            Attributes = _good.Attributes.Add("a b", "c"),
            LaunchesAtOnce = 0,
            ProbesAtOnce = 0,
            ReportBatch = 0,
            ReconcilePeriod = TimeSpan.Zero,
            WatchWait = TimeSpan.FromDays(1),
            FenceTimeout = TimeSpan.FromHours(1),
            LogBytes = 1,
            LogTasks = 0,
            LogAge = TimeSpan.Zero,
        };

        Assert.Equal(16, AgentOptionsValidator.Validate([bad]).Length);
    }

    [Fact]
    public void Validate_TwoAgentsOfOneNodeInOneFolder_AreTwoFaults() =>
        Assert.Equal(2, AgentOptionsValidator.Validate([_good, _good]).Length);
}
