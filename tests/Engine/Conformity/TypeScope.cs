using System.Reflection.Metadata;

namespace OrleansCluster.Tests.Engine.Conformity;

/// <summary>The type parameters that a signature may mean by number.</summary>
internal readonly record struct TypeScope(GenericParameterHandleCollection Type, GenericParameterHandleCollection Method);
