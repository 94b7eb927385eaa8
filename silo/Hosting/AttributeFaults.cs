using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Silo.Hosting;

/// <summary>What is wrong with a node's attributes.</summary>
internal static class AttributeFaults
{
    private static readonly string _option = NamedArguments.Attributes.Option;

    public static IEnumerable<string> Of(ImmutableSortedDictionary<string, string> attributes) =>
        from attribute in attributes
        from fault in Of(attribute.Key, attribute.Value)
        select fault;

    private static IEnumerable<string> Of(string name, string value)
    {
        if (!NodeAttributes.IsName(name))
            yield return $"{_option}: '{name}' is no name; expected {NodeAttributes.NameExpectation}";
        if (name == NodeSnapshot.AddressAttribute)
            yield return $"{_option}: '{name}' found, which every node has by itself; expected --node-address";
        if (!NodeAttributes.IsValue(value))
            yield return $"{_option}: {name} is '{value}'; expected {NodeAttributes.ValueExpectation}";
    }
}
