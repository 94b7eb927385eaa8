using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OrleansCluster.Tests.Engine.Conformity;

/// <summary>Reads the public types of an assembly file from its metadata, without loading it or what it refers to.</summary>
internal sealed class ApiReader(MetadataReader metadata)
{
    private readonly TypeNames _names = new(metadata);

    public static IReadOnlyDictionary<string, PublicType> Read(string path, Predicate<string> wantsNamespace)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var reader = new ApiReader(metadata);
        return metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Where(type => reader.IsPublic(type) && wantsNamespace(reader.NamespaceOf(type)))
            .Select(reader.Read)
            .ToDictionary(type => type.Name, StringComparer.Ordinal);
    }

    private PublicType Read(TypeDefinition type)
    {
        var scope = new TypeScope(type.GetGenericParameters(), default);
        var members = IsEnum(type) ? EnumValues(type) : [.. Fields(type, scope), .. Methods(type, scope), .. Properties(type, scope)];
        var interfaces = type.GetInterfaceImplementations().Select(i => _names.Of(metadata.GetInterfaceImplementation(i).Interface, scope));
        return new PublicType(
            _names.Of(type), Shape(type, scope), interfaces.ToHashSet(StringComparer.Ordinal), members.ToHashSet(StringComparer.Ordinal));
    }

    private string Shape(TypeDefinition type, TypeScope scope)
    {
        var baseType = type.BaseType.IsNil ? "" : _names.Of(type.BaseType, scope);
        var kind = type.Attributes.HasFlag(TypeAttributes.Interface) ? "interface"
            : baseType is "System.ValueType" ? "struct"
            : baseType is "System.Enum" ? $"enum of {EnumType(type)}"
            : "class";
        var modifiers = (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
        {
            TypeAttributes.Abstract | TypeAttributes.Sealed => "static ",
            TypeAttributes.Abstract when kind == "class" => "abstract ",
            TypeAttributes.Sealed when kind == "class" => "sealed ",
            _ => "",
        };
        return $"{modifiers}{kind} : {baseType}{_names.Constraints(type.GetGenericParameters(), scope)}{Usage(type)}";
    }

    private IEnumerable<string> Fields(TypeDefinition type, TypeScope scope) =>
        from handle in type.GetFields()
        let field = metadata.GetFieldDefinition(handle)
        where (field.Attributes & FieldAttributes.FieldAccessMask)
            is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem
        let modifiers = field.Attributes & (FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.Literal)
        select $"{modifiers} field {field.DecodeSignature(_names, scope)} {metadata.GetString(field.Name)}";

    private IEnumerable<string> Methods(TypeDefinition type, TypeScope scope) =>
        from handle in type.GetMethods()
        let method = metadata.GetMethodDefinition(handle)
        where IsVisible(method)
        select Method(method, scope with { Method = method.GetGenericParameters() });

    private string Method(MethodDefinition method, TypeScope scope)
    {
        var signature = method.DecodeSignature(_names, scope);
        var parameters = method.GetParameters().Select(metadata.GetParameter).Where(p => p.SequenceNumber > 0)
            .OrderBy(p => p.SequenceNumber)
            .Select((p, i) => $"{(Has(p.GetCustomAttributes(), "ParamArrayAttribute") ? "params " : "")}{signature.ParameterTypes[i]} "
                + $"{metadata.GetString(p.Name)}{Default(p)}");
        var access = (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public ? "public" : "protected";
        var kind = method.Attributes.HasFlag(MethodAttributes.Static) ? " static"
            : method.Attributes.HasFlag(MethodAttributes.Abstract) ? " abstract"
            : method.Attributes.HasFlag(MethodAttributes.Virtual) && !method.Attributes.HasFlag(MethodAttributes.Final) ? " virtual" : "";
        var extension = Has(method.GetCustomAttributes(), "ExtensionAttribute") ? " extension" : "";
        return $"{access}{kind}{extension} {signature.ReturnType} {metadata.GetString(method.Name)}"
            + $"{_names.Constraints(scope.Method, scope)}({string.Join(", ", parameters)})";
    }

    /// <summary>Types and accessors are compared as methods; here only what those do not show.</summary>
    private IEnumerable<string> Properties(TypeDefinition type, TypeScope scope) =>
        from handle in type.GetProperties()
        let property = metadata.GetPropertyDefinition(handle)
        let accessors = property.GetAccessors()
        where new[] { accessors.Getter, accessors.Setter }.Any(a => !a.IsNil && IsVisible(metadata.GetMethodDefinition(a)))
        let required = Has(property.GetCustomAttributes(), "RequiredMemberAttribute") ? "required " : ""
        select $"{required}property {property.DecodeSignature(_names, scope).ReturnType} {metadata.GetString(property.Name)}";

    private HashSet<string> EnumValues(TypeDefinition type) =>
    [
        .. from handle in type.GetFields()
           let field = metadata.GetFieldDefinition(handle)
           where field.Attributes.HasFlag(FieldAttributes.Literal)
           select $"{metadata.GetString(field.Name)} = {Value(field.GetDefaultValue())}",
    ];

    private string EnumType(TypeDefinition type) => type.GetFields().Select(metadata.GetFieldDefinition)
        .First(field => !field.Attributes.HasFlag(FieldAttributes.Static)).DecodeSignature(_names, default);

    private string Usage(TypeDefinition type)
    {
        foreach (var attribute in type.GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            if (!_names.OfAttribute(attribute).EndsWith(".AttributeUsageAttribute", StringComparison.Ordinal)) continue;

            var value = attribute.DecodeValue(_names);
            var named = value.NamedArguments.ToDictionary(a => a.Name!, a => a.Value);
            return $" usage {(AttributeTargets)(int)value.FixedArguments[0].Value!}"
                + $" multiple={named.GetValueOrDefault("AllowMultiple", false)} inherited={named.GetValueOrDefault("Inherited", true)}";
        }

        return "";
    }

    private string Default(Parameter parameter) =>
        parameter.Attributes.HasFlag(ParameterAttributes.Optional) ? $" = {Value(parameter.GetDefaultValue())}" : "";

    private string Value(ConstantHandle handle)
    {
        if (handle.IsNil) return "none";

        var constant = metadata.GetConstant(handle);
        return metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)?.ToString() ?? "null";
    }

    private bool Has(CustomAttributeHandleCollection attributes, string name) =>
        attributes.Any(a => _names.OfAttribute(metadata.GetCustomAttribute(a)).EndsWith("." + name, StringComparison.Ordinal));

    private static bool IsVisible(MethodDefinition method) => (method.Attributes & MethodAttributes.MemberAccessMask)
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private bool IsEnum(TypeDefinition type) => !type.BaseType.IsNil && _names.Of(type.BaseType, default) == "System.Enum";

    private bool IsPublic(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsPublic(metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private string NamespaceOf(TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? NamespaceOf(metadata.GetTypeDefinition(outer))
        : metadata.GetString(type.Namespace);
}
