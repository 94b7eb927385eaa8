namespace OrleansCluster.Files.Scripts;

/// <summary>What an option of a script takes.</summary>
internal enum ScriptValue
{
    Text,
    Number,

    /// <summary>One of an enum's, in any case.</summary>
    Word,

    /// <summary><c>NAME=VALUE</c>; the option may be there several times.</summary>
    Variable,

    /// <summary>An expression over nodes; the option may be there several times.</summary>
    Constraint,
}
