namespace OrleansCluster.Placement.Constraints.Syntax;

internal enum TokenKind
{
    End,
    Word,
    Quoted,

    /// <summary>A quote without its end: the rest of the text.</summary>
    Unterminated,

    /// <summary>An operator in symbols.</summary>
    Operator,

    And,
    Or,

    /// <summary>Also the <c>!</c> of <c>!in</c> and <c>!exists</c>.</summary>
    Not,

    Open,
    Close,
    OpenList,
    CloseList,
    Comma,

    /// <summary>Characters that mean nothing: <c>=</c>, <c>&lt;&gt;</c>, a control character.</summary>
    Unknown,
}
