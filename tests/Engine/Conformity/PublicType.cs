namespace OrleansCluster.Tests.Engine.Conformity;

/// <summary>A type as others see it, all parts as text that can be compared.</summary>
/// <param name="Name">With namespace and arity.</param>
/// <param name="Shape">Kind, modifiers, base type, type parameters with constraints, attribute usage.</param>
/// <param name="Interfaces">All that it declares.</param>
/// <param name="Members">Public and protected ones; of an enum, its values.</param>
internal sealed record PublicType(string Name, string Shape, IReadOnlySet<string> Interfaces, IReadOnlySet<string> Members);
