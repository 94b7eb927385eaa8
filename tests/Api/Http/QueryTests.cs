namespace OrleansCluster.Tests.Api.Http;

public sealed class QueryTests
{
    [Fact]
    public async Task List_ManyFaults_AllOfThem()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get("/v1/jobs?statu=RUNNING&limit=0&cluster=A&after=a&after=b&zzz=1");

        Assert.Equal(
            [
                "?cluster: \"A\" is no cluster's name: expected 1 to 63 lower-case letters, digits and hyphens, beginning with a letter.",
                "?after: \"after\" is there 2 times.",
                "?limit: Expected a whole number from 1 to 1000, found \"0\".",
                "?statu: Unknown parameter \"statu\"; did you mean \"status\"?",
                "?zzz: Unknown parameter \"zzz\"; known here: cluster, status, after, limit",
            ],
            reply.FaultsOf(400, "invalid-query"));
        Assert.Equal("", host.Queries.Asked);
    }

    [Theory]
    [InlineData("/v1/jobs?status=DONE", "?status: Expected one of RUNNING, STOPPING, SUCCEEDED, FAILED, STOPPED, found \"DONE\".")]
    [InlineData("/v1/tasks?limit=1001", "?limit: Expected a whole number from 1 to 1000, found \"1001\".")]
    [InlineData("/v1/tasks?limit=9999999999999999999999", "?limit: Expected a whole number from 1 to 1000, found \"9999999999999999999999\".")]
    [InlineData("/v1/tasks/a-1.b.0/logs?follow=yes", "?follow: Expected true or false, found \"yes\".")]
    [InlineData("/v1/nodes?job=a", "?job: Unknown parameter \"job\"; known here: cluster")]
    public async Task Get_OneFault_SaysWhatIsExpected(string path, string expected)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal([expected], (await host.Get(path)).FaultsOf(400, "invalid-query"));
    }
}
