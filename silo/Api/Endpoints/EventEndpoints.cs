using System.Globalization;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Silo.Api.Documents;
using OrleansCluster.Silo.Api.Input;
using OrleansCluster.Silo.Api.Streams;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class EventEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", Watch)
            .Describe("watchEvents", "Streams what happens in the cluster as server-sent events.", QueryParameters.AfterEvent, QueryParameters.Job)
            .WithMetadata(new HeaderMetadata(LastEventId, "Sent by event sources that reconnect: only events with a greater sequence number."))
            .Produces<ClusterEvent>(200, EventStream.MediaType).Refuses();

    private static async Task<IResult> Watch(HttpContext http, ITransactionalStore store, ApiOptions options, TimeProvider clock)
    {
        var query = new QueryReader(http.Request.Query);
        var cluster = query.Cluster();
        var job = query.Text(QueryParameters.Job);
        var asked = query.Number(QueryParameters.AfterEvent);
        var after = ReadLastEventId(http.Request, query) ?? asked;
        if (query.Finish() is { } problem)
            return problem;
        var start = after ?? await store.LastEvent(cluster, http.RequestAborted);
        return new StreamResult(EventStream.MediaType, (response, token) => new EventStream(store, options, clock, cluster, job).Write(response, start, token));
    }

    /// <summary>Goes before the query, which an event source repeats unchanged when it reconnects.</summary>
    private static long? ReadLastEventId(HttpRequest request, QueryReader query)
    {
        var text = request.Headers[LastEventId].ToString();
        if (text == "")
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return sequence;
        query.Fault(QueryParameters.AfterEvent, $"The header {LastEventId} is no sequence number: \"{text}\".");
        return null;
    }
}
