using OrleansCluster.Simulator;

namespace OrleansCluster.Tests.Simulation;

/// <summary>A few minutes' worth of seeds, and those that once found something.</summary>
public sealed class SeedTests
{
    private const int Seeds = 300;
    private const ulong From = 10_000;

    /// <summary>What was wrong is pinned by a test of its own too, since a change of the order of draws makes other runs of these seeds.</summary>
    [Theory]
    [InlineData(1, "a job was stopped while a start of one of its tasks was on its way, and the task ran on")]
    [InlineData(3, "a submission that was repeated after a reload of its job was refused as another one")]
    [InlineData(38, "a job that was stopping was shown as running by an activation that had been followed")]
    [InlineData(53, "a task's end was acknowledged by an activation that had been followed, and nobody else heard of it")]
    [InlineData(96, "a committer wrote after the one that had followed it had read, which never learned of it")]
    [InlineData(94, "an attempt was started again after its host had lost its power")]
    [InlineData(196, "an agent was granted its lease while its node was being declared lost")]
    [InlineData(278, "an agent was let in while another activation of its node's grain still gave back what was claimed there")]
    [InlineData(288, "a job's second activation started an instance of a task of which one may be there, beside one that it did not know of")]
    [InlineData(291, "a start that was written after its job had ended was placed by a scheduler that read what waits")]
    [InlineData(359, "a silo that knew of no other granted leases for ever while it was cut off")]
    [InlineData(505, "a scheduler that was refused decided the same again without a pause")]
    [InlineData(574, "a committer that had been followed showed old claims for ever")]
    [InlineData(695, "an activation whose write was about to lose said that there is no job, which another one had acknowledged")]
    [InlineData(5_012, "an activation that was asked for a job before another one took its submission never began with it")]
    [InlineData(5_044, "a job was shown as it had been by an activation whose write was about to fail")]
    [InlineData(5_209, "a start that was written after its job had ended, though the store had said that it failed, waited for ever")]
    [InlineData(5_220, "a silo that was left alone answered for a job from an activation of the time before")]
    [InlineData(10_123, "a plan was told as placed after its job had ended, and one of its claims had never been on the node")]
    [InlineData(10_288, "what an agent had said before its restart came late and was taken for a new agent's word")]
    [InlineData(20_204, "an activation of a definition's grain that had been followed said that there is no such revision, and tasks failed for it")]
    [InlineData(700_009, "nobody was listed for a service while a blue/green deployment began before the one that it took the place of had cleaned up")]
    [InlineData(700_031, "nobody was listed for a service while a blue/green deployment began before a roll-back had ended")]
    public void Run_SeedThatOnceFailed_Passes(ulong seed, string because)
    {
        Assert.NotEmpty(because);
        Simulator.Simulation.Run(seed);
    }

    [Fact]
    public async Task Run_ManySeeds_FindNothing()
    {
        using var output = new StringWriter();
        var settings = new SimulateSettings { Seeds = Seeds, From = From, Jobs = Environment.ProcessorCount };

        var isGood = await SeedRunner.Run(settings, output, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.True(isGood, output.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(output.ToString());
    }
}
