using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace OrleansCluster.Tests.Engine.Conformity;

/// <summary>Full names of types, wherever they are declared.</summary>
internal sealed class TypeNames(MetadataReader metadata) : ISignatureTypeProvider<string, TypeScope>, ICustomAttributeTypeProvider<string>
{
    public string Of(TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer) return $"{Of(metadata.GetTypeDefinition(outer))}.{name}";
        return type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    public string Of(EntityHandle type, TypeScope scope) => type.Kind switch
    {
        HandleKind.TypeDefinition => Of(metadata.GetTypeDefinition((TypeDefinitionHandle)type)),
        HandleKind.TypeReference => GetTypeFromReference(metadata, (TypeReferenceHandle)type, 0),
        HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(this, scope),
        _ => throw new InvalidOperationException($"{type.Kind} is not a type."),
    };

    public string OfAttribute(CustomAttribute attribute) => attribute.Constructor.Kind switch
    {
        HandleKind.MethodDefinition =>
            Of(metadata.GetTypeDefinition(metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType())),
        _ => Of(metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent, default),
    };

    /// <summary>The type parameters by number, with all that is asked of them; their names are nobody's contract.</summary>
    public string Constraints(GenericParameterHandleCollection parameters, TypeScope scope)
    {
        if (parameters.Count == 0) return "";

        var texts = parameters.Select(metadata.GetGenericParameter).Select(parameter => string.Join(
            " ",
            parameter.GetConstraints()
                .Select(c => Of(metadata.GetGenericParameterConstraint(c).Type, scope))
                .Order(StringComparer.Ordinal)
                .Prepend($"{parameter.Attributes}")));
        return $"<{string.Join(", ", texts)}>";
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Of(reader.GetTypeDefinition(handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            return $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}.{name}";
        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public string GetTypeFromSpecification(MetadataReader reader, TypeScope scope, TypeSpecificationHandle handle, byte rawTypeKind) =>
        Of(handle, scope);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}[{string.Join(",", typeArguments)}]";

    public string GetGenericTypeParameter(TypeScope scope, int index) => $"!{index}";

    public string GetGenericMethodParameter(TypeScope scope, int index) => $"!!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} modified by {modifier}";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetSystemType() => "System.Type";

    public bool IsSystemType(string type) => type == "System.Type";

    public string GetTypeFromSerializedName(string name) => name;

    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;
}
