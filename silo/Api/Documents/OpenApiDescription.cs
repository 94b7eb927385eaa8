using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Documents;

/// <summary>Adds to the generated OpenAPI document what routes read for themselves.</summary>
internal static class OpenApiDescription
{
    public const string Document = "v1";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(Introduce);
        options.AddOperationTransformer(AddParameters);
        options.AddOperationTransformer(AddStreams);
    }

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "OrleansCluster",
            Version = Document,
            Description = "A container cluster manager. Every answer that is not a success is an RFC 9457 problem that lists all faults.",
        };

        // Generated from the first request otherwise, and so from the port that it came in on.
        document.Servers = [];
        return Task.CompletedTask;
    }

    private static Task AddParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<QueryMetadata>().SelectMany(query => query.Parameters))
            operation.Parameters.Add(Describe(parameter));
        foreach (var header in metadata.OfType<HeaderMetadata>())
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        return Task.CompletedTask;
    }

    private static async Task AddStreams(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var stream in context.Description.ActionDescriptor.EndpointMetadata.OfType<StreamMetadata>())
        {
            var schema = await context.GetOrCreateSchemaAsync(stream.Item, parameterDescription: null, cancellationToken);
            operation.Responses?["200"].Content?.Add(stream.MediaType, new OpenApiMediaType { Schema = schema });
        }
    }

    private static OpenApiParameter Describe(QueryParameter parameter) =>
        new() { Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Description, Schema = SchemaOf(parameter) };

    private static OpenApiSchema SchemaOf(QueryParameter parameter)
    {
        if (parameter.IsFlag)
            return new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) };
        if (parameter.Smallest is { } smallest)
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Minimum = smallest.ToString(CultureInfo.InvariantCulture),
                Maximum = parameter.Largest.ToString(CultureInfo.InvariantCulture),
                Default = parameter.Default is { } standard ? JsonValue.Create(standard) : null,
            };
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        if (!parameter.Words.IsEmpty)
            schema.Enum = [.. parameter.Words.Select(word => JsonValue.Create(word))];
        return schema;
    }
}
