namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>Looks one token ahead, and finds the way on after a fault.</summary>
internal sealed class TokenReader(string text, FaultCollector faults)
{
    private readonly Lexer _lexer = new(text);
    private Token? _next;

    public Token Peek() => _next ??= Closed(_lexer.Read());

    /// <summary>The same where a pattern is expected; only as long as nothing has peeked before.</summary>
    public Token PeekPattern() => _next ??= Closed(_lexer.ReadPattern());

    public void Take()
    {
        // Stays at the end: whatever is missing is missing there.
        if (Peek().Kind != TokenKind.End)
            _next = null;
    }

    /// <summary>Reads the next token as what it seems to be meant for.</summary>
    public void TakeAs(TokenKind kind) => _next = Peek() with { Kind = kind };

    /// <summary>To the end of the condition that has a fault, so that the ones after it are read, too.</summary>
    public void SkipToJoint()
    {
        for (var depth = 0; ; Take())
        {
            switch (Peek().Kind)
            {
                case TokenKind.End:
                case TokenKind.Close or TokenKind.And or TokenKind.Or when depth == 0:
                    return;
                case TokenKind.Open:
                    depth++;
                    break;
                case TokenKind.Close:
                    depth--;
                    break;
            }
        }
    }

    public void Abandon()
    {
        faults.Close();
        _lexer.SkipAll();
        _next = null;
    }

    private Token Closed(Token token)
    {
        if (token.Kind != TokenKind.Unterminated)
            return token;

        faults.Add(token, $"a closing {token.Raw[0]}");
        // Half a value is no value to look for more faults in.
        return token with { Kind = TokenKind.Quoted, Value = "" };
    }
}
