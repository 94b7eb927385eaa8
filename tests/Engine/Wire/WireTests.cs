using Orleans.Serialization;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Engine.Wire;

/// <summary>What compiles on Orleans and fails only when it runs.</summary>
public sealed class WireTests(WireHost host) : IClassFixture<WireHost>
{
    public static TheoryData<Type> Interfaces => [.. Contracts.Interfaces];

    public static TheoryData<Type> Messages => [.. Contracts.Messages];

    private Serializer Serializer => host.Engine.Get<Serializer>();

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void GetGrain_OfEachInterface_FindsItsClass(Type type)
    {
        // A message without a serializer fails here, and for the whole interface.
        var grain = host.Engine.Grains.GetGrain(type, "task/1");

        Assert.IsType(type, grain, exactMatch: false);
        Assert.Equal("task/1", grain.GetPrimaryKeyString());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Serializer_OfEachMessage_KeepsEveryProperty(Type type)
    {
        var sample = new Samples().Of(type);

        var copy = Serializer.Deserialize<object>(Serializer.SerializeToArray(sample));

        Assert.IsType(sample.GetType(), copy);
        Assert.Equal(Samples.Describe(sample), Samples.Describe(copy));
    }

    [Fact]
    public void Messages_Found_AreThoseOfTheContracts()
    {
        Assert.Contains(typeof(ITaskGrain), Contracts.Interfaces);
        Assert.Contains(typeof(Answer<JobView>), Contracts.Messages);
        Assert.Contains(typeof(TaskView), Contracts.Messages);
    }

    [Fact]
    public void Serializer_OfStoreUnavailable_KeepsWhatTheApiTellsFailuresApartBy()
    {
        var failure = new StoreUnavailableException("The store is away.", new IOException("disk on fire"));

        var copy = Serializer.Deserialize<Exception>(Serializer.SerializeToArray<Exception>(failure));

        Assert.Equal(failure.Message, Assert.IsType<StoreUnavailableException>(copy).Message);
    }
}
