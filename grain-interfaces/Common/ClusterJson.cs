using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansCluster;

/// <summary>
/// How the API writes JSON, for both of its ends. Readers skip members that they do not know, so that an older client can read a newer
/// cluster's answers; what is handed in passes the API's strict reader first.
/// </summary>
public static class ClusterJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        // Not JsonSerializerDefaults.Web: it would take numbers in quotes and names in any case.
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,

            // Text stays readable; answers are never part of an HTML page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
