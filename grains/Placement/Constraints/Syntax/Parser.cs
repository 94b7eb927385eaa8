using System.Globalization;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>
/// Descends by precedence: <c>or</c> of <c>and</c>s of negations of comparisons. After a fault it goes on behind the next joint, and
/// what it has read by then is thrown away: a tree is only built to find faults in all of it.
/// </summary>
internal sealed class Parser
{
    private readonly FaultCollector _faults;
    private readonly TokenReader _tokens;
    private readonly ComparisonParser _comparisons;
    private int _depth;
    private int _parentheses;

    private Parser(string text, FaultCollector faults)
    {
        _faults = faults;
        _tokens = new TokenReader(text, faults);
        _comparisons = new ComparisonParser(_tokens, faults);
    }

    public static ParsedConstraint Parse(string text)
    {
        var faults = new FaultCollector();
        if (text.Length > ConstraintLimits.Length)
        {
            var found = string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters");
            faults.Add(ConstraintLimits.Length + 1, found, $"at most {ConstraintLimits.Length}");
            return new ParsedConstraint { Faults = faults.ToImmutable() };
        }

        var root = new Parser(text, faults).ParseAll();
        return root is not null && faults.IsEmpty
            ? new ParsedConstraint { Expression = new ConstraintExpression(text, root) }
            : new ParsedConstraint { Faults = faults.ToImmutable() };
    }

    private Condition? ParseAll()
    {
        var root = ParseOr();
        while (_tokens.Peek().Kind != TokenKind.End)
        {
            // Nothing but a closing parenthesis too many ends the descent before the end.
            _faults.Add(_tokens.Peek(), "and, or, or the end");
            _tokens.Take();
            ExpectJoint();
            if (_tokens.Peek().Kind is not (TokenKind.And or TokenKind.Or))
                continue;

            _tokens.Take();
            ParseOr();
        }

        return root;
    }

    private Condition? ParseOr()
    {
        var left = ParseAnd();
        while (_tokens.Peek().Kind == TokenKind.Or)
        {
            _tokens.Take();
            var right = ParseAnd();
            left = left is null || right is null ? null : new OrCondition(left, right);
        }

        return left;
    }

    private Condition? ParseAnd()
    {
        var left = ParseNot();
        while (_tokens.Peek().Kind == TokenKind.And)
        {
            _tokens.Take();
            var right = ParseNot();
            left = left is null || right is null ? null : new AndCondition(left, right);
        }

        return left;
    }

    private Condition? ParseNot()
    {
        var token = _tokens.Peek();
        if (token.Kind is TokenKind.Not or TokenKind.Open && _depth == ConstraintLimits.Depth)
        {
            _faults.Add(token, $"at most {ConstraintLimits.Depth} parentheses and negations within one another");
            _tokens.Abandon();
            return null;
        }

        if (token.Kind == TokenKind.Open)
            return ParseParentheses();

        if (token.Kind != TokenKind.Not)
        {
            var comparison = _comparisons.Parse();
            ExpectJoint();
            return comparison;
        }

        _tokens.Take();
        _depth++;
        var inner = ParseNot();
        _depth--;
        return inner is null ? null : new NotCondition(inner);
    }

    private Condition? ParseParentheses()
    {
        var open = _tokens.Peek();
        _tokens.Take();
        (_depth, _parentheses) = (_depth + 1, _parentheses + 1);
        var inner = ParseOr();
        (_depth, _parentheses) = (_depth - 1, _parentheses - 1);

        if (_tokens.Peek().Kind == TokenKind.Close)
            _tokens.Take();
        else
            _faults.Add(_tokens.Peek(), $"the ) to the ( of column {open.Column}");
        ExpectJoint();
        return inner;
    }

    private void ExpectJoint()
    {
        var token = _tokens.Peek();
        if (token.Kind is TokenKind.And or TokenKind.Or or TokenKind.Close or TokenKind.End)
            return;

        _faults.Add(token, _parentheses > 0 ? "and, or, or )" : "and, or, or the end");
        switch (token.Raw)
        {
            case "&" or "AND" or "And":
                _tokens.TakeAs(TokenKind.And);
                break;
            case "|" or "OR" or "Or":
                _tokens.TakeAs(TokenKind.Or);
                break;
            default:
                _tokens.SkipToJoint();
                break;
        }
    }
}
