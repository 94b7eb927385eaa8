using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class GpuAndAmountTests
{
    private static readonly ContainerSpec _container = Specs.Container();

    public static TheoryData<GpuSpec, string, string> Bad { get; } = new()
    {
        { new GpuSpec(), "", "found neither" },
        { new GpuSpec { Count = 1, Thousandths = 500 }, "", "found both" },
        { new GpuSpec { Count = 0 }, "/count", "1 to 64" },
        { new GpuSpec { Count = 65 }, "/count", "1 to 64" },
        { new GpuSpec { Thousandths = 0 }, "/thousandths", "1 to 999" },
        { new GpuSpec { Thousandths = 1000 }, "/thousandths", "1 to 999" },
        { new GpuSpec { Count = 1, Models = ["A100", ""] }, "/models/1", "no GPU model" },
        { new GpuSpec { Count = 1, Models = [null!] }, "/models/0", "null" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Gpu_Bad_IsRefused(GpuSpec gpu, string path, string words) => Specs.AssertOnly(Specs.FaultsOf(_container with { Gpu = gpu }), $"/containers/0/gpu{path}", words);

    [Fact]
    public void Gpu_Good_IsNot()
    {
        Assert.Empty(Specs.FaultsOf(_container with { Gpu = new GpuSpec { Count = 64, Models = ["A100", "NVIDIA H100 80GB HBM3"] } }));
        Assert.Empty(Specs.FaultsOf(_container with { Gpu = new GpuSpec { Thousandths = 1, Models = default } }));
        Assert.Empty(FaultsOf(new GpuSpec { Count = 32, Models = ["A", "B"] }, new GpuSpec { Count = 32, Models = ["B", "A"] }));
    }

    [Fact]
    public void Gpu_ShareBesideAnother_FaultsTheShare() =>
        Specs.AssertOnly(FaultsOf(new GpuSpec { Count = 1 }, new GpuSpec { Thousandths = 100 }), "/containers/1/gpu/thousandths", "2 containers ask for GPU");

    [Fact]
    public void Gpu_OtherModels_FaultTheSecond() =>
        Specs.AssertOnly(FaultsOf(new GpuSpec { Count = 1 }, new GpuSpec { Count = 1, Models = ["A100"] }), "/containers/1/gpu/models", "/containers/0/gpu");

    [Fact]
    public void Gpu_MoreTogetherThanANodeCanHave_IsRefused() =>
        Specs.AssertOnly(FaultsOf(new GpuSpec { Count = 40 }, new GpuSpec { Count = 40 }), "/containers", "80", "at most 64");

    [Theory]
    [InlineData("licence", 0, "1 to 1000000")]
    [InlineData("licence", 1_000_001, "1 to 1000000")]
    [InlineData("Licence", 1, "no amount's name")]
    public void Amount_Bad_IsRefused(string name, int amount, string words) =>
        Specs.AssertOnly(Specs.FaultsOf(_container with { Amounts = AmountsOf(name, amount) }), $"/containers/0/amounts/{name}", words);

    [Fact]
    public void Amount_NullOrTooMuchTogether_IsRefused()
    {
        Specs.AssertOnly(Specs.FaultsOf(_container with { Amounts = null! }), "/containers/0/amounts", "null");
        var much = _container with { Amounts = AmountsOf("licence", 600_000) };
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition(much, much with { Name = "b" })), "/containers", "licence", "1200000");
    }

    [Fact]
    public void Strategy_FgdWithAField_IsRefused() =>
        Specs.AssertOnly(
            Specs.FaultsOf(Specs.Task("a") with { PlacementStrategy = [new PlacementStep { Type = PlacementStepType.Fgd, Field = "gpu" }] }),
            "/tasks/0/placementStrategy/0/field",
            "no field");

    private static ImmutableArray<Fault> FaultsOf(params GpuSpec[] gpus) =>
        TaskDefinitionValidator.Validate(Specs.Definition([.. gpus.Select((gpu, i) => Specs.Container($"c{i}") with { Gpu = gpu })]));

    private static ImmutableSortedDictionary<string, int> AmountsOf(string name, int amount) => ImmutableSortedDictionary<string, int>.Empty.Add(name, amount);
}
