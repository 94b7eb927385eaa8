using System.Text;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>
/// Cuts a text into tokens, one at each call: only its caller knows whether a pattern comes next, which is cut by other rules.
/// </summary>
internal sealed class Lexer(string text)
{
    private int _position;

    public Token Read()
    {
        SkipBlanks();
        if (_position == text.Length)
            return new Token(TokenKind.End, _position, "", "");

        return text[_position] switch
        {
            '\'' or '"' => ReadQuoted(),
            '(' => Take(1, TokenKind.Open),
            ')' => Take(1, TokenKind.Close),
            '[' => Take(1, TokenKind.OpenList),
            ']' => Take(1, TokenKind.CloseList),
            ',' => Take(1, TokenKind.Comma),
            '&' or '|' => ReadSymbol("&|"),
            '=' or '<' or '>' or '~' => ReadSymbol("=<>~"),
            '!' => ReadExclamation(),
            var c when Words.IsWordCharacter(c) => ReadWord(),
            _ => Take(1, TokenKind.Unknown),
        };
    }

    /// <summary>A pattern as far as it goes without quotes; where there is none, the token that stands there.</summary>
    public Token ReadPattern()
    {
        SkipBlanks();
        var length = PatternExtent.Measure(text.AsSpan(_position));
        return length == 0 ? Read() : Take(length, Words.KindOf(text.Substring(_position, length)));
    }

    public void SkipAll() => _position = text.Length;

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
    }

    private Token ReadWord()
    {
        var end = _position;
        while (end < text.Length && Words.IsWordCharacter(text[end]))
            end++;
        return Take(end - _position, Words.KindOf(text[_position..end]));
    }

    private Token ReadExclamation()
    {
        var isOperator = _position + 1 < text.Length && text[_position + 1] is '=' or '~';
        return isOperator ? ReadSymbol("!=<>~") : Take(1, TokenKind.Not);
    }

    /// <summary>All symbols that touch are one, so that <c>=&gt;</c> is one fault and not two.</summary>
    private Token ReadSymbol(string characters)
    {
        var rest = text.AsSpan(_position);
        var length = rest.IndexOfAnyExcept(characters);
        var symbol = rest[..(length < 0 ? rest.Length : length)].ToString();
        var kind = symbol switch
        {
            "&&" => TokenKind.And,
            "||" => TokenKind.Or,
            _ => Operators.Find(symbol) is null ? TokenKind.Unknown : TokenKind.Operator,
        };
        return Take(symbol.Length, kind);
    }

    private Token ReadQuoted()
    {
        var quote = text[_position];
        var value = new StringBuilder();
        for (var i = _position + 1; i < text.Length; i++)
        {
            if (text[i] != quote)
                value.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == quote)
                value.Append(text[i++]);
            else
                return Take(i + 1 - _position, TokenKind.Quoted) with { Value = value.ToString() };
        }

        return Take(text.Length - _position, TokenKind.Unterminated);
    }

    private Token Take(int length, TokenKind kind)
    {
        var raw = text.Substring(_position, length);
        var token = new Token(kind, _position, raw, raw);
        _position += length;
        return token;
    }
}
