using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansCluster.Silo.Agent.Logs;

[JsonSerializable(typeof(LogLine))]
internal sealed partial class LogJson : JsonSerializerContext
{
    /// <summary>Escapes only what JSON demands: the files are read by people too.</summary>
    public static LogJson Lines { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
