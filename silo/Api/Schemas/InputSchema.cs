using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Silo.Api.Schemas;

/// <summary>
/// JSON Schemas of what users hand in, for editors: from the same contract that the strict reader walks, with the contracts' own documentation
/// as descriptions.
/// </summary>
internal static class InputSchema
{
    public const string MediaType = "application/schema+json";

    private static readonly ContractDocumentation _documentation = ContractDocumentation.Load();

    public static string Job { get; } = Export(typeof(JobSpec), "job", "An OrleansCluster job");

    public static string Schedule { get; } = Export(typeof(ScheduleSpec), "schedule", "An OrleansCluster schedule");

    public static string Service { get; } = Export(typeof(ServiceSpec), "service", "An OrleansCluster service");

    public static string TaskDefinition { get; } = Export(typeof(TaskDefinitionSpec), "task-definition", "An OrleansCluster task definition");

    public static string Teams { get; } = Export(typeof(TeamSet), "teams", "OrleansCluster teams");

    private static string Export(Type type, string name, string title)
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Annotate };
        var body = ClusterJson.Options.GetJsonSchemaAsNode(type, options).AsObject();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:ocs:schema:{name}",
            ["title"] = title,
        };
        foreach (var (key, value) in body.ToArray())
        {
            body.Remove(key);
            schema[key] = value;
        }

        return schema.ToJsonString(new JsonSerializerOptions(ClusterJson.Options) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
            schema["additionalProperties"] = false;
        if (context.PropertyInfo is { } property)
        {
            if (_documentation.Summary(property.DeclaringType, property.Name) is { } description)
                schema.Insert(0, "description", description);
            InputLimits.Annotate(schema, property);
        }

        return schema;
    }
}
