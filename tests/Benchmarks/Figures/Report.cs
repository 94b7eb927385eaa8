using System.Text.Json;

namespace OrleansCluster.Benchmarks.Figures;

/// <summary>What all benchmarks do around what they measure.</summary>
internal static class Report
{
    /// <param name="fault">What is wrong with the settings; then nothing runs.</param>
    /// <param name="asJson">Whether the last line is the result as one JSON object.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Of<T>(string? fault, bool asJson, Func<Task<T>> measure)
    {
        if (fault is not null)
        {
            await Console.Error.WriteLineAsync(fault);
            return 2;
        }

        var result = await measure();
        if (asJson)
            Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
        return 0;
    }
}
