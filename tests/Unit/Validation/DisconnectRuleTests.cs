using System.Text.Json;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Tests.Unit.Validation;

public sealed class DisconnectRuleTests
{
    [Theory]
    [InlineData(DisconnectPolicy.Stop)]
    [InlineData(DisconnectPolicy.Keep)]
    public void Validate_KnownPolicy_IsAccepted(DisconnectPolicy policy)
    {
        Assert.Empty(TaskDefinitionValidator.Validate(Specs.Definition(Specs.Container()) with { OnDisconnect = policy }));
        Assert.Empty(JobValidator.Validate(Specs.Job(Specs.Task("t") with { OnDisconnect = policy })));
    }

    [Fact]
    public void Validate_UnknownPolicy_IsRefused()
    {
        Specs.AssertOnly(TaskDefinitionValidator.Validate(Specs.Definition(Specs.Container()) with { OnDisconnect = (DisconnectPolicy)9 }), "/onDisconnect", "stop or keep");
        Specs.AssertOnly(JobValidator.Validate(Specs.Job(Specs.Task("t") with { OnDisconnect = (DisconnectPolicy)9 })), "/tasks/0/onDisconnect", "stop or keep");
    }

    [Fact]
    public void Validate_BesideADefinition_IsRefusedSinceThatBringsItsOwn() => Specs.AssertOnly(
        JobValidator.Validate(Specs.Job(Specs.Task("t") with { Containers = [], Definition = "web:1", OnDisconnect = DisconnectPolicy.Keep })), "/tasks/0/onDisconnect", "brings its own");

    [Fact]
    public void Json_Policy_IsALowerCaseWordAndLeftOutWhereItIsTheDefault()
    {
        var spec = Specs.Definition(Specs.Container());

        Assert.DoesNotContain("onDisconnect", StoreJson.ContentOf(spec), StringComparison.Ordinal);
        Assert.Contains("\"onDisconnect\":\"keep\"", StoreJson.ContentOf(spec with { OnDisconnect = DisconnectPolicy.Keep }), StringComparison.Ordinal);
        Assert.Equal(DisconnectPolicy.Stop, JsonSerializer.Deserialize<TaskDefinitionSpec>(StoreJson.ContentOf(spec), StoreJson.Options)!.OnDisconnect);
    }
}
