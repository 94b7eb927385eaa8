using System.Text.Json;
using OrleansCluster.Silo.Api.Schemas;

namespace OrleansCluster.Tests.Api.Http;

public sealed class SchemaTests
{
    private const string Rewrite = "OCS_REWRITE_SCHEMAS";

    [Theory]
    [InlineData("job")]
    [InlineData("schedule")]
    [InlineData("service")]
    [InlineData("task-definition")]
    [InlineData("teams")]
    public void Published_FileInTheTree_IsWhatTheCodeGenerates(string name)
    {
        var generated = name switch { "job" => InputSchema.Job, "schedule" => InputSchema.Schedule, "service" => InputSchema.Service, "teams" => InputSchema.Teams, _ => InputSchema.TaskDefinition };
        var path = Path.Combine(Root(), "infra", "schemas", $"{name}.schema.json");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
            File.WriteAllText(path, generated);

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == generated,
            $"infra/schemas/{name}.schema.json is not what the contracts say. Run this test once with {Rewrite}=1 and commit the file.");
    }

    [Theory]
    [InlineData("job")]
    [InlineData("schedule")]
    [InlineData("service")]
    [InlineData("task-definition")]
    [InlineData("teams")]
    public async Task Get_Schema_TheSame(string name)
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get($"/v1/schemas/{name}.json");

        Assert.Equal(("application/schema+json", $"urn:ocs:schema:{name}"), (reply.MediaType, reply["$id"]));
        Assert.Equal("False", reply["additionalProperties"]);
    }

    [Fact]
    public void Job_Fields_HaveDescriptionsLimitsAndWords()
    {
        var task = JsonDocument.Parse(InputSchema.Job).RootElement.GetProperty("properties").GetProperty("tasks").GetProperty("items");
        var container = task.GetProperty("properties").GetProperty("containers").GetProperty("items");
        var ports = container.GetProperty("properties").GetProperty("ports").GetProperty("items");

        Assert.Equal(10_000, task.GetProperty("properties").GetProperty("count").GetProperty("maximum").GetInt32());
        Assert.StartsWith("How many instances run", task.GetProperty("properties").GetProperty("count").GetProperty("description").GetString());
        Assert.Equal(["name", "image", "resources"], container.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(container.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("Millicores: 1000 is one core.", container.GetProperty("properties").GetProperty("resources").GetProperty("properties").GetProperty("cpu").GetProperty("description").GetString());
        Assert.Equal(["TCP", "UDP"], ports.GetProperty("properties").GetProperty("protocol").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
    }

    [Fact]
    public void Service_Fields_HaveDescriptionsLimitsAndWords()
    {
        var service = JsonDocument.Parse(InputSchema.Service).RootElement.GetProperty("properties");
        var configuration = service.GetProperty("deploymentConfiguration").GetProperty("properties");

        Assert.Equal((0, 10_000, 1), (service.GetProperty("desiredCount").GetProperty("minimum").GetInt32(), service.GetProperty("desiredCount").GetProperty("maximum").GetInt32(), service.GetProperty("desiredCount").GetProperty("default").GetInt32()));
        Assert.Equal(["ROLLING", "CANARY", "BLUE_GREEN"], configuration.GetProperty("strategy").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(400, configuration.GetProperty("maximumPercent").GetProperty("maximum").GetInt32());
        Assert.StartsWith("A deployment that has failed", configuration.GetProperty("circuitBreaker").GetProperty("properties").GetProperty("rollback").GetProperty("description").GetString());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrleansCluster.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the tree.");
    }
}
