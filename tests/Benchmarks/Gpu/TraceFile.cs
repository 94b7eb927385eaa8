using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>Reads one CSV file by the names in its header, whatever their order and whatever else is in it.</summary>
internal sealed class TraceFile(FileInfo file, InputFaults faults)
{
    private static readonly CsvConfiguration _format = new(CultureInfo.InvariantCulture)
    {
        PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
        TrimOptions = TrimOptions.Trim,
        MissingFieldFound = null,
        BadDataFound = null,
        DetectColumnCountChanges = false,
    };

    /// <param name="parse">Told nothing of a line in which it has found a fault.</param>
    public List<T> Read<T>(IReadOnlyList<string> required, Func<TraceLine, T> parse)
    {
        var read = new List<T>();
        try
        {
            using var reader = new StreamReader(file.FullName);
            using var csv = new CsvReader(reader, _format);
            if (!csv.Read() || !csv.ReadHeader())
            {
                faults.Add($"{file.Name} is empty: it needs a header with {string.Join(", ", required)}");
                return read;
            }

            ReadLines(csv, required, parse, read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            faults.Add($"{file.Name}: {e.Message}");
        }

        return read;
    }

    private void ReadLines<T>(CsvReader csv, IReadOnlyList<string> required, Func<TraceLine, T> parse, List<T> read)
    {
        var header = csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var missing = required.Except(header).ToList();
        if (missing.Count > 0)
        {
            faults.Add($"{file.Name} has no column {string.Join(", ", missing)} in its header '{string.Join(',', header)}'");
            return;
        }

        while (csv.Read())
        {
            var before = faults.Count;
            var parsed = parse(new TraceLine(csv, file.Name, faults));
            if (faults.Count == before)
                read.Add(parsed);
        }

        if (read.Count == 0 && faults.Count == 0)
            faults.Add($"{file.Name} has no line below its header");
    }
}
