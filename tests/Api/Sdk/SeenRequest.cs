namespace OrleansCluster.Tests.Api.Sdk;

internal sealed record SeenRequest(string Route, string Query, string IdempotencyKey, string Body);
