using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OrleansCluster.Tests.Tidy.Assemblies;

/// <summary>What a compiled assembly refers to, read from its metadata without loading it.</summary>
/// <param name="Types">Full names with the assembly each comes from.</param>
internal sealed record AssemblyFile(string Name, ImmutableSortedSet<string> References, ImmutableSortedSet<TypeName> Types)
{
    /// <summary>One of those beside the tests.</summary>
    public static AssemblyFile Read(string name)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")));
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        var types = metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => NameOf(metadata, type));
        return new AssemblyFile(name, references.ToImmutableSortedSet(StringComparer.Ordinal), types.ToImmutableSortedSet());
    }

    private static TypeName NameOf(MetadataReader metadata, TypeReference type)
    {
        var name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var outer = NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope));
            return outer with { Name = $"{outer.Name}+{name}" };
        }

        var assembly = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : "";
        return new TypeName(assembly, $"{metadata.GetString(type.Namespace)}.{name}");
    }
}
