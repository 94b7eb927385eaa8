using System.Collections.Immutable;
using System.Reflection;

namespace OrleansCluster.Tests.Tidy.Messages;

/// <summary>
/// What crosses grain interfaces: immutable, so that both engines may pass it by reference; serialisable with stable names and numbers, so that a
/// cluster can be upgraded silo by silo. Attributes are read by name, the same on both engines.
/// </summary>
internal static class MessageRules
{
    private static readonly HashSet<Type> _plain =
    [
        typeof(void), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(string), typeof(Guid),
        typeof(DateTimeOffset), typeof(TimeSpan), typeof(CancellationToken), typeof(Task),
    ];

    private static readonly HashSet<Type> _wrappers =
    [
        typeof(Task<>), typeof(ValueTask<>), typeof(Nullable<>), typeof(ImmutableArray<>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>),
    ];

    public static IEnumerable<Type> GrainInterfaces(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsInterface && type.GetInterfaces().Any(parent => parent.FullName == "Orleans.IGrainWithStringKey"));

    public static ImmutableArray<string> Check(IEnumerable<Type> interfaces)
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Type>();
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in interfaces)
        {
            CheckAlias(faults, aliases, type, type.Name);
            var ofMethods = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var method in type.GetMethods())
            {
                CheckAlias(faults, ofMethods, method, $"{type.Name}.{method.Name}");
                Visit(faults, aliases, seen, method.ReturnType, $"{type.Name}.{method.Name}");
                foreach (var parameter in method.GetParameters())
                    Visit(faults, aliases, seen, parameter.ParameterType, $"{type.Name}.{method.Name}");
            }
        }

        return [.. faults];
    }

    private static void Visit(SortedSet<string> faults, Dictionary<string, string> aliases, HashSet<Type> seen, Type type, string where)
    {
        if (_plain.Contains(type) || type.IsGenericParameter || !seen.Add(type))
            return;

        foreach (var argument in type.GetGenericArguments())
            Visit(faults, aliases, seen, argument, where);
        if (type.IsGenericType && _wrappers.Contains(type.GetGenericTypeDefinition()))
            return;

        if (type.Namespace?.StartsWith("OrleansCluster", StringComparison.Ordinal) != true)
            faults.Add($"{where} passes {type}: use a record of ours, a plain value or an immutable collection");
        else if (!type.IsGenericType || seen.Add(type.GetGenericTypeDefinition()))
            CheckMessage(faults, aliases, type, where);
        foreach (var field in StoredFields(type))
            Visit(faults, aliases, seen, field.FieldType, type.Name);
    }

    private static void CheckMessage(SortedSet<string> faults, Dictionary<string, string> aliases, Type type, string where)
    {
        CheckAlias(faults, aliases, type, type.Name);
        if (!Has(type, "GenerateSerializerAttribute"))
            faults.Add($"{type.Name} (in {where}) lacks [GenerateSerializer]");
        if (type.IsEnum)
            return;

        if (!Has(type, "ImmutableAttribute"))
            faults.Add($"{type.Name} (in {where}) lacks [Immutable]");
        var ids = new Dictionary<uint, string>();
        foreach (var field in StoredFields(type))
            CheckMember(faults, ids, type, field);
    }

    private static void CheckMember(SortedSet<string> faults, Dictionary<uint, string> ids, Type type, FieldInfo field)
    {
        var (name, member) = MemberOf(type, field);
        if (!field.IsInitOnly)
            faults.Add($"{type.Name}.{name} can be set after construction: use init");
        if (Argument(member, "IdAttribute") is not uint id)
            faults.Add($"{type.Name}.{name} lacks [Id], so Orleans would not send it");
        else if (!ids.TryAdd(id, name))
            faults.Add($"{type.Name}.{name} and {ids[id]} share [Id({id})]");
    }

    private static void CheckAlias(SortedSet<string> faults, Dictionary<string, string> aliases, MemberInfo member, string name)
    {
        if (Argument(member, "AliasAttribute") is not string alias)
            faults.Add($"{name} lacks [Alias]");
        else if (!aliases.TryAdd(alias, name))
            faults.Add($"{name} and {aliases[alias]} share [Alias(\"{alias}\")]");
    }

    private static IEnumerable<FieldInfo> StoredFields(Type type) =>
        type.IsEnum || type.Namespace?.StartsWith("OrleansCluster", StringComparison.Ordinal) != true
            ? []
            : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>The property behind a compiler's field, which carries the attributes.</summary>
    private static (string Name, MemberInfo Member) MemberOf(Type type, FieldInfo field)
    {
        if (!field.Name.StartsWith('<'))
            return (field.Name, field);
        var name = field.Name[1..field.Name.IndexOf('>')];
        return (name, type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!);
    }

    private static bool Has(MemberInfo member, string attribute) => member.CustomAttributes.Any(data => data.AttributeType.Name == attribute);

    private static object? Argument(MemberInfo member, string attribute) =>
        member.CustomAttributes.FirstOrDefault(data => data.AttributeType.Name == attribute)?.ConstructorArguments[0].Value;
}
