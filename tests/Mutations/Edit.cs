namespace OrleansCluster.Mutations;

/// <summary>One place of a mutation: code that stands exactly once in its file, and what stands there instead while the mutation is on.</summary>
/// <param name="File">Relative to the root, with forward slashes.</param>
internal abstract record Edit(string File, string Original, string Mutated)
{
    /// <summary>Code that does the one or the other, as the switch says when it runs.</summary>
    /// <param name="otherwise">What to do while it is off: the original, or that with other mutations of the same place in it.</param>
    public abstract string Weave(string mutation, string otherwise);

    protected static string IsOn(string mutation) => $"global::{SwitchSource.FullName}.IsOn(\"{mutation}\")";

    /// <summary>An expression, and another of the same type.</summary>
    public sealed record OfExpression(string File, string Original, string Mutated) : Edit(File, Original, Mutated)
    {
        public override string Weave(string mutation, string otherwise) => $"({IsOn(mutation)} ? ({Mutated}) : ({otherwise}))";
    }

    /// <summary>Statements that declare nothing for those after them, and others or none.</summary>
    public sealed record OfStatements(string File, string Original, string Mutated) : Edit(File, Original, Mutated)
    {
        public override string Weave(string mutation, string otherwise) => $"if ({IsOn(mutation)}) {{ {Mutated} }} else {{ {otherwise} }}";
    }
}
