namespace OrleansCluster.Tests.Tidy.Messages;

public sealed class MessageTests
{
    [Fact]
    public void GrainInterfaces_OfTheProject_PassOnlyMessages() => Faults.AssertNone(MessageRules.Check(MessageRules.GrainInterfaces(typeof(IJobGrain).Assembly)));

    [Fact]
    public void GrainInterfaces_OfTheProject_AreFound()
    {
        var found = MessageRules.GrainInterfaces(typeof(IJobGrain).Assembly).ToList();

        Assert.Contains(typeof(IJobGrain), found);
        Assert.Contains(typeof(IClusterStateGrain), found);
    }

    [Fact]
    public void GrainInterfaces_OutsideTheContracts_DoNotExist() =>
        Assert.Empty(MessageRules.GrainInterfaces(typeof(Grains.Tasks.Lifecycle.TaskLifecycle).Assembly));

    [Fact]
    public void Check_SpoiltInterfaces_NamesEveryFault()
    {
        var faults = MessageRules.Check([typeof(ISpoilt), typeof(IAlsoSpoilt)]);

        Assert.Equal(
            [
                "BareKind (in BareMessage) lacks [GenerateSerializer]",
                "BareKind lacks [Alias]",
                "BareMessage (in ISpoilt.Send) lacks [GenerateSerializer]",
                "BareMessage (in ISpoilt.Send) lacks [Immutable]",
                "BareMessage lacks [Alias]",
                "BareMessage passes System.Collections.Generic.List`1[System.String]: use a record of ours, a plain value or an immutable collection",
                "BareMessage.Kind lacks [Id], so Orleans would not send it",
                "BareMessage.Names can be set after construction: use init",
                "BareMessage.Names lacks [Id], so Orleans would not send it",
                "IAlsoSpoilt and ISpoilt share [Alias(\"spoilt\")]",
                "IAlsoSpoilt.Second and IAlsoSpoilt.First share [Alias(\"Same\")]",
                "ISpoilt.Send lacks [Alias]",
                "ISpoilt.Send passes System.Int32[]: use a record of ours, a plain value or an immutable collection",
                "TwinIds.Second and First share [Id(0)]",
            ],
            faults);
    }

    // Stand-ins of the same names: Orleans's code generator would stumble over the faults below.
    private sealed class AliasAttribute(string alias) : Attribute
    {
        public string Alias { get; } = alias;
    }

    private sealed class IdAttribute(uint id) : Attribute
    {
        public uint Id { get; } = id;
    }

    private sealed class GenerateSerializerAttribute : Attribute;

    private sealed class ImmutableAttribute : Attribute;

    [Alias("spoilt")]
    private interface ISpoilt
    {
        Task<BareMessage?> Send(int[] numbers);
    }

    [Alias("spoilt")]
    private interface IAlsoSpoilt
    {
        [Alias("Same")]
        Task First(TwinIds twins);

        [Alias("Same")]
        Task Second();
    }

    private enum BareKind
    {
        Only,
    }

    private sealed class BareMessage
    {
        public List<string> Names { get; set; } = [];
        public BareKind Kind { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("twins")]
    private sealed class TwinIds
    {
        [Id(0)] public int First { get; init; }
        [Id(0)] public int Second { get; init; }
    }
}
