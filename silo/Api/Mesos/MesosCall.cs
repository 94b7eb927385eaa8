using System.Text.Json;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>A call of a scheduler, its form checked as Mesos checks it and refused in the words that Mesos has.</summary>
/// <param name="Body">The part of its type.</param>
/// <param name="Whole">Everything, since some clients put the parts of a call beside its type.</param>
internal sealed record MesosCall(string Type, string? FrameworkId, MesosValue Body, MesosValue Whole)
{
    public const string MediaType = "application/json";
    private const string Protobuf = "application/x-protobuf";

    /// <summary>Types that have no part of their own.</summary>
    private static readonly HashSet<string> _bare = new(["TEARDOWN", "REVIVE", "SUPPRESS", "REQUEST"], StringComparer.Ordinal);

    public static async Task<(MesosCall? Call, MesosAnswer? Fault)> Read(HttpRequest request)
    {
        if (request.ContentType is not { } type)
            return (null, MesosAnswer.BadRequest("Expecting 'Content-Type' to be present"));
        if (!Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var media) || !media.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
        {
            var remedy = media?.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase) == true ? "; protobuf is not read here" : "";
            return (null, new MesosAnswer(StatusCodes.Status415UnsupportedMediaType, $"Expecting 'Content-Type' of {MediaType}{remedy}"));
        }

        if (await BodyReader.ReadBytes(request) is not { } body)
            return (null, new MesosAnswer(StatusCodes.Status413PayloadTooLarge, "The body is too large"));
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(new MesosValue(document.RootElement.Clone()));
        }
        catch (JsonException exception)
        {
            return (null, MesosAnswer.BadRequest($"Failed to parse body into JSON: {exception.Message}"));
        }
    }

    private static (MesosCall? Call, MesosAnswer? Fault) Of(MesosValue whole)
    {
        if (whole["type"].Text is not { } type)
            return Invalid("Expecting 'type' to be present");
        var part = type.ToLowerInvariant();
        var call = new MesosCall(type, whole["framework_id"].Id, whole[part], whole);
        if (!call.Body.IsThere && !_bare.Contains(type))
            return Invalid($"Expecting '{part}' to be present");
        return type != "SUBSCRIBE" && call.FrameworkId is null ? Invalid("Expecting 'framework_id' to be present") : (call, null);
    }

    private static (MesosCall? Call, MesosAnswer? Fault) Invalid(string what) => (null, MesosAnswer.BadRequest($"Failed to validate scheduler::Call: {what}"));
}
