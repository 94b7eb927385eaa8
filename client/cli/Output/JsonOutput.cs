using System.Text.Json;

namespace OrleansCluster.Cli.Output;

/// <summary>Writes the API's own JSON: one document, or one a line where there are many over time.</summary>
internal sealed class JsonOutput(TextWriter output)
{
    private static readonly JsonSerializerOptions _indented = new(ClusterJson.Options) { WriteIndented = true };

    public void Write<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, _indented));

    public void WriteLine<T>(T value)
    {
        output.WriteLine(JsonSerializer.Serialize(value, ClusterJson.Options));
        output.Flush();
    }
}
