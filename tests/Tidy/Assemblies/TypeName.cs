namespace OrleansCluster.Tests.Tidy.Assemblies;

internal readonly record struct TypeName(string Assembly, string Name) : IComparable<TypeName>
{
    public int CompareTo(TypeName other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Name} of {Assembly}";
}
