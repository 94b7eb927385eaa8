namespace Orleans;

/// <summary>The type may travel in grain calls. This engine passes references and needs no serializer.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
