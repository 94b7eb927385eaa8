using System.Globalization;
using CsvHelper;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Gpu;

/// <summary>One line of a trace, read by column; what is wrong with it goes to the faults.</summary>
internal sealed class TraceLine(CsvReader csv, string file, InputFaults faults)
{
    /// <summary>Empty where the file has no such column.</summary>
    public string Text(string column) => csv.TryGetField<string>(column, out var text) && text is not null ? text : "";

    /// <summary>A whole number; <c>4000.0</c>, as some tools write it, is one.</summary>
    public int Number(string column, int least, int most)
    {
        var text = Text(column);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && number >= least && number <= most)
            return (int)number;
        Fault($"{column} '{text}' is not a whole number from {least} to {most}");
        return least;
    }

    public void Fault(string what) => faults.Add($"{file} line {csv.Parser.Row}: {what}");
}
