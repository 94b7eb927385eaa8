using System.Globalization;
using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Placement.Constraints.Evaluation;

/// <summary>The comparisons of texts that are there.</summary>
internal static class TextTests
{
    private const NumberStyles Numbers = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static Predicate<string> Of(Operator op, IReadOnlyList<string> arguments)
    {
        switch (op)
        {
            case Operator.Exists:
                return _ => true;
            case Operator.In:
                return new HashSet<string>(arguments, StringComparer.Ordinal).Contains;
            case Operator.NotIn:
                return Not(Of(Operator.In, arguments));
            case Operator.Matches:
                return Pattern.Compile(arguments[0]).IsMatch;
            case Operator.NotMatches:
                return Not(Of(Operator.Matches, arguments));
            case Operator.Equal or Operator.NotEqual:
                return text => Order.Holds(op, string.CompareOrdinal(text, arguments[0]));
            default:
                return OfOrder(op, arguments[0]);
        }
    }

    /// <summary>The argument decides whether it is about numbers: text and numbers have no order among them.</summary>
    private static Predicate<string> OfOrder(Operator op, string argument) => Number(argument) is { } number
        ? text => Number(text) is { } other && Order.Holds(op, other.CompareTo(number))
        : text => Order.Holds(op, string.CompareOrdinal(text, argument));

    private static decimal? Number(string text) => decimal.TryParse(text, Numbers, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Predicate<string> Not(Predicate<string> test) => text => !test(text);
}
