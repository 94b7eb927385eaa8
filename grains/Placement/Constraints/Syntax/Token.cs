namespace OrleansCluster.Placement.Constraints.Syntax;

/// <param name="Start">Where it begins in the text, from 0.</param>
/// <param name="Raw">As it is written.</param>
/// <param name="Value">What it stands for: without quotes.</param>
internal readonly record struct Token(TokenKind Kind, int Start, string Raw, string Value)
{
    public int Column => Start + 1;

    public bool IsValue => Kind is TokenKind.Word or TokenKind.Quoted;

    /// <summary>As faults show it.</summary>
    public string Shown => Kind == TokenKind.End ? "end of text" : Words.Show(Raw);

    /// <summary>The column of a character of the value.</summary>
    public int ColumnOf(int offset)
    {
        if (Kind != TokenKind.Quoted)
            return Column + offset;

        // The opening quote stands before the value, and every quote within it is doubled.
        var doubled = Value.AsSpan(0, offset).Count(Raw[0]);
        return Column + 1 + offset + doubled;
    }
}
