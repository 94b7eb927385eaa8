using System.Collections.Immutable;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>Reads <c>SUBJECT OPERATOR [ARGUMENT]</c>. An unknown subject or operator does not keep it from looking at the rest.</summary>
internal sealed class ComparisonParser(TokenReader tokens, FaultCollector faults)
{
    /// <summary><see langword="null"/> where it has a fault.</summary>
    public Comparison? Parse()
    {
        var token = tokens.Peek();
        if (token.Kind != TokenKind.Word)
        {
            Fail($"{Subject.Expectation}, or not or (");
            return null;
        }

        tokens.Take();
        var subject = Subject.Find(token.Value);
        if (subject is null && Subject.IsAttribute(token.Value))
            faults.Add(token.Column + Subject.AttributePrefix.Length, Words.Show(token.Value[Subject.AttributePrefix.Length..]), Subject.AttributeExpectation);
        else if (subject is null)
            faults.Add(token, Subject.Expectation);

        if (!TryParseOperator(subject?.Kind, out var op) || ParseArguments(subject?.Kind, op) is not { } arguments)
            return null;
        return subject is null || op is null ? null : new Comparison(subject.Value, op.Value, arguments);
    }

    /// <summary>Whether an argument may follow; also after something that is no operator but seems to be meant for one.</summary>
    private bool TryParseOperator(SubjectKind? subject, out Operator? op)
    {
        var token = tokens.Peek();
        var known = SubjectRules.OperatorsOf(subject);
        op = null;
        if (token.Kind is not (TokenKind.Operator or TokenKind.Unknown or TokenKind.Not) && Operators.Find(token.Raw) is null)
        {
            Fail(Operators.OneOf(known));
            return false;
        }

        tokens.Take();
        op = token.Kind == TokenKind.Not ? ParseNegated() : Operators.Find(token.Raw);
        if (op is null || !known.Contains(op.Value) || token.Raw == "not")
            faults.Add(token, Operators.OneOf(known));
        return true;
    }

    /// <summary>Reads <c>not in</c>, too, which is a fault: so it is the only one.</summary>
    private Operator? ParseNegated()
    {
        var op = Operators.Find($"!{tokens.Peek().Raw}");
        if (op is not (Operator.NotIn or Operator.NotExists))
            return null;

        tokens.Take();
        return op;
    }

    private ImmutableArray<string>? ParseArguments(SubjectKind? subject, Operator? op)
    {
        if (Operators.TakesNothing(op))
            return [];
        if (Operators.TakesList(op) || (op is null && tokens.Peek().Kind == TokenKind.OpenList))
            return ParseList(subject);
        if (Operators.TakesPattern(op))
            return ParsePattern();
        return ParseValue(subject) is { } value ? [value] : null;
    }

    private string? ParseValue(SubjectKind? subject)
    {
        var token = tokens.Peek();
        if (!token.IsValue)
        {
            Fail(token.Kind is TokenKind.And or TokenKind.Or or TokenKind.Not ? "a value, in quotes if this is one" : "a value");
            return null;
        }

        tokens.Take();
        if (SubjectRules.ExpectationOf(subject, token.Value) is { } expectation)
            faults.Add(token, expectation);
        return token.Value;
    }

    private ImmutableArray<string>? ParsePattern()
    {
        var token = tokens.PeekPattern();
        if (!token.IsValue)
        {
            Fail("a pattern");
            return null;
        }

        tokens.Take();
        if (Pattern.FaultOf(token.Value) is { } fault)
            faults.Add(token.ColumnOf(fault.Offset), token.Shown, fault.Expected);
        return [token.Value];
    }

    private ImmutableArray<string>? ParseList(SubjectKind? subject)
    {
        if (tokens.Peek().Kind != TokenKind.OpenList)
        {
            Fail("a list: [a, b]");
            return null;
        }

        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            tokens.Take();
            if (values.Count == ConstraintLimits.ListLength)
                faults.Add(tokens.Peek(), $"at most {ConstraintLimits.ListLength} values");
            if (ParseValue(subject) is not { } value)
                return null;
            values.Add(value);
        }
        while (tokens.Peek().Kind == TokenKind.Comma);

        if (tokens.Peek().Kind != TokenKind.CloseList)
        {
            Fail(", or ]");
            return null;
        }

        tokens.Take();
        return values.ToImmutable();
    }

    private void Fail(string expected)
    {
        faults.Add(tokens.Peek(), expected);
        tokens.SkipToJoint();
    }
}
