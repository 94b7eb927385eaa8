using System.Net;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class DefinitionRouteTests
{
    [Fact]
    public async Task Register_NewThenEqual_CreatedThenOkWithTheSameRevision()
    {
        await using var host = await ApiHost.Start();

        var first = await host.Post("/v1/task-definitions", Samples.DefinitionBody);
        var second = await host.Post("/v1/task-definitions", Samples.DefinitionBody);

        Assert.Equal((HttpStatusCode.Created, "web:1"), (first.Status, first["name"]));
        Assert.Equal("/v1/task-definitions/web/1", first.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.OK, "web:1"), (second.Status, second["name"]));
    }

    [Fact]
    public async Task Register_GrainRefuses_AllItsFaultsInTheProblem()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Definition("web").Refusal = Refusal.Invalid("The definition has 2 faults.", [new("/family", "one"), new("/containers/0/image", "two")]);

        var reply = await host.Post("/v1/task-definitions", Samples.DefinitionBody);

        Assert.Equal(["/family: one", "/containers/0/image: two"], reply.FaultsOf(400, "invalid-input"));
        Assert.Equal("The definition has 2 faults.", reply["detail"]);
    }

    [Fact]
    public async Task Register_FamilyThatIsNoName_StaysOutOfTheGrainKey()
    {
        await using var host = await ApiHost.Start();

        await host.Post("/v1/task-definitions", Samples.DefinitionBody.Replace("web", "../job"));

        Assert.Equal(["definition/invalid"], host.Grains.Keys);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2", 2)]
    [InlineData("latest", 2)]
    public async Task Get_RevisionOrLatest_ThatOne(string revision, int expected)
    {
        await using var host = await ApiHost.Start();
        host.Grains.Definition("web").Add("web", "a");
        host.Grains.Definition("web").Add("web", "a", "b");

        var reply = await host.Get($"/v1/task-definitions/web/{revision}");

        Assert.Equal(expected, reply.As<TaskDefinition>().Revision);
    }

    [Theory]
    [InlineData("web/3")]
    [InlineData("web/newest")]
    [InlineData("web/-1")]
    [InlineData("WEB/1")]
    public async Task Get_WhatDoesNotExist_NotFound(string name)
    {
        await using var host = await ApiHost.Start();
        host.Grains.Definition("web").Add("web", "a");

        var reply = await host.Get($"/v1/task-definitions/{name}");

        Assert.Empty(reply.FaultsOf(404, "not-found"));
    }

    [Theory]
    [InlineData("latest", "There is no task definition of family web.")]
    [InlineData("3", "There is no task definition web:3.")]
    public async Task Get_WhatDoesNotExist_SaysWhichInTheUsersWords(string revision, string expected)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(expected, (await host.Get($"/v1/task-definitions/web/{revision}"))["detail"]);
    }

    [Fact]
    public async Task List_Filters_ReachTheQuery()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get("/v1/task-definitions?family=web&after=web%3A3&limit=5");

        Assert.Equal("definitions web web:3 5", host.Queries.Asked);
        Assert.Empty(reply.Json.GetProperty("items").EnumerateArray());
    }
}
