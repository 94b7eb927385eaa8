using OrleansCluster.Silo.Api.Schemas;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class SchemaEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/schemas/job.json", () => Results.Text(InputSchema.Job, InputSchema.MediaType))
            .WithName("jobSchema").WithSummary("The JSON Schema of a job file, for editors.").Produces<object>(200, InputSchema.MediaType).Refuses();
        routes.MapGet("/schemas/schedule.json", () => Results.Text(InputSchema.Schedule, InputSchema.MediaType))
            .WithName("scheduleSchema").WithSummary("The JSON Schema of a schedule, for editors.").Produces<object>(200, InputSchema.MediaType).Refuses();
        routes.MapGet("/schemas/service.json", () => Results.Text(InputSchema.Service, InputSchema.MediaType))
            .WithName("serviceSchema").WithSummary("The JSON Schema of a service, for editors.").Produces<object>(200, InputSchema.MediaType).Refuses();
        routes.MapGet("/schemas/task-definition.json", () => Results.Text(InputSchema.TaskDefinition, InputSchema.MediaType))
            .WithName("taskDefinitionSchema").WithSummary("The JSON Schema of a task definition, for editors.")
            .Produces<object>(200, InputSchema.MediaType).Refuses();
        routes.MapGet("/schemas/teams.json", () => Results.Text(InputSchema.Teams, InputSchema.MediaType))
            .WithName("teamsSchema").WithSummary("The JSON Schema of a file of teams, for editors.").Produces<object>(200, InputSchema.MediaType).Refuses();
    }
}
