using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class ContainerDependencyTests
{
    private static readonly ContainerSpec _main = Specs.Container();
    private static readonly ContainerSpec _helper = Specs.Container("helper") with { Essential = false };

    [Theory]
    [InlineData(ContainerCondition.Start)]
    [InlineData(ContainerCondition.Complete)]
    [InlineData(ContainerCondition.Success)]
    public void DependsOn_HelperThatMayEnd_IsFine(ContainerCondition condition) =>
        Assert.Empty(Validate(_main with { DependsOn = [Specs.On("helper", condition)] }, _helper));

    [Fact]
    public void DependsOn_StartOfAnEssentialContainer_IsFine() =>
        Assert.Empty(Validate(_main, _helper with { DependsOn = [Specs.On("main", ContainerCondition.Start)] }));

    [Theory]
    [InlineData(ContainerCondition.Complete)]
    [InlineData(ContainerCondition.Success)]
    public void DependsOn_EndOfAnEssentialContainer_IsRefused(ContainerCondition condition) =>
        Specs.AssertOnly(
            Validate(_main, _helper with { DependsOn = [Specs.On("main", condition)] }),
            "/containers/1/dependsOn/0/condition",
            "'main' is essential",
            "expected START");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DependsOn_HealthOfAContainerThatIsChecked_IsFineWhateverItIs(bool isEssential) =>
        Assert.Empty(Validate(
            _main with { DependsOn = [Specs.On("helper", ContainerCondition.Healthy)] },
            _helper with { Essential = isEssential, HealthCheck = new HealthCheckSpec { Command = ["true"] } }));

    [Fact]
    public void DependsOn_HealthOfAContainerWithoutACheck_IsRefused() =>
        Specs.AssertOnly(
            Validate(_main with { DependsOn = [Specs.On("helper", ContainerCondition.Healthy)] }, _helper),
            "/containers/0/dependsOn/0/condition",
            "'helper' has no healthCheck");

    [Fact]
    public void DependsOn_HealthOfAnUnknownContainer_IsOneFault() =>
        Specs.AssertOnly(
            Validate(_main with { DependsOn = [Specs.On("nobody", ContainerCondition.Healthy)] }, _helper),
            "/containers/0/dependsOn/0/container",
            "no container of this task");

    [Fact]
    public void DependsOn_UnknownName_OffersTheNearest() =>
        Specs.AssertOnly(
            Validate(_main with { DependsOn = [Specs.On("helpr", ContainerCondition.Start)] }, _helper),
            "/containers/0/dependsOn/0/container",
            "no container of this task",
            "did you mean 'helper'?");

    [Fact]
    public void DependsOn_Itself_IsRefused() =>
        Specs.AssertOnly(Validate(_main with { DependsOn = [Specs.On("main", ContainerCondition.Start)] }), "/containers/0/dependsOn/0/container", "depends on itself");

    [Fact]
    public void DependsOn_Circle_IsSpelledOut() =>
        Specs.AssertOnly(
            Validate(_main with { DependsOn = [Specs.On("helper", ContainerCondition.Start)] }, _helper with { DependsOn = [Specs.On("main", ContainerCondition.Start)] }),
            "/containers/0/dependsOn/0/container",
            "main → helper → main");

    [Fact]
    public void DependsOn_NullEntryNullNameAndUnknownCondition_AreRefused()
    {
        var faults = Validate(_main with { DependsOn = [null!, Specs.On(null!, ContainerCondition.Start), Specs.On("helper", (ContainerCondition)9)] }, _helper);

        Assert.Equal(
            ["/containers/0/dependsOn/0", "/containers/0/dependsOn/1/container", "/containers/0/dependsOn/2/condition"],
            faults.Select(fault => fault.Path));
    }

    private static System.Collections.Immutable.ImmutableArray<Fault> Validate(params ContainerSpec[] containers) =>
        TaskDefinitionValidator.Validate(Specs.Definition(containers));
}
