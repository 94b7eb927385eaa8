using System.Globalization;

namespace OrleansCluster.Benchmarks.Figures;

/// <summary>One figure over all rounds.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return new Spread(sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <param name="digits">Behind the point.</param>
    public string ToText(int digits) => string.Create(
        CultureInfo.InvariantCulture, $"{Number(Median, digits)} ({Number(Least, digits)} to {Number(Most, digits)})");

    private static string Number(double value, int digits) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);
}
