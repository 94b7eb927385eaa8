using NSubstitute;
using NSubstitute.ExceptionExtensions;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

public sealed class StoreOutageTests
{
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();

    [Fact]
    public async Task IsGeneral_EngineOfOneProcess_Yes() => Assert.True(await new StoreOutage(new LoneSilo(), _grains).IsGeneral());

    [Fact]
    public async Task IsGeneral_NoOtherSiloIsKnown_OneMayHaveJoinedSince() => Assert.False(await Outage([]).IsGeneral());

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, null, false)]
    public async Task IsGeneral_OnlyWhereEveryOtherSiloMissesTheStore(bool? first, bool? second, bool expected) =>
        Assert.Equal(expected, await Outage([first, second]).IsGeneral());

    [Fact]
    public async Task IsGeneral_SiloThatDoesNotAnswer_MayReachTheStore()
    {
        var outage = Outage([false, false]);
        _grains.GetGrain<ISiloGrain>(GrainKeys.Silo("s1")).ReachesStore().ThrowsAsync(new TimeoutException());

        Assert.False(await outage.IsGeneral());
    }

    private StoreOutage Outage(bool?[] answers)
    {
        var peers = Substitute.For<ISiloPeers>();
        peers.Others.Returns([.. Enumerable.Range(0, answers.Length).Select(n => $"s{n}")]);
        for (var n = 0; n < answers.Length; n++)
        {
            var silo = Substitute.For<ISiloGrain>();
            silo.ReachesStore().Returns(answers[n]);
            _grains.GetGrain<ISiloGrain>(GrainKeys.Silo($"s{n}")).Returns(silo);
        }

        return new StoreOutage(peers, _grains);
    }
}
