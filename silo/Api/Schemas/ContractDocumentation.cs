using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OrleansCluster.Silo.Api.Schemas;

/// <summary>
/// The contracts' documentation comments, from the XML file that the compiler puts beside their assembly: one place says what a field means.
/// Where the file was not shipped, there are no descriptions.
/// </summary>
internal sealed partial class ContractDocumentation
{
    private readonly Dictionary<string, string> _summaries;

    private ContractDocumentation(IEnumerable<XElement> members) => _summaries = members.SelectMany(Read).DistinctBy(pair => pair.Key).ToDictionary();

    public static ContractDocumentation Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{typeof(JobSpec).Assembly.GetName().Name}.xml");
        return new(File.Exists(path) ? XDocument.Load(path).Descendants("member") : []);
    }

    /// <param name="type">Where the member is declared.</param>
    /// <param name="member">Its name in JSON.</param>
    public string? Summary(Type type, string member) => _summaries.GetValueOrDefault(Key(type.FullName ?? "", member));

    private static IEnumerable<KeyValuePair<string, string>> Read(XElement member)
    {
        var name = member.Attribute("name")?.Value ?? "";
        if (name.StartsWith("P:", StringComparison.Ordinal) && member.Element("summary") is { } summary)
        {
            var dot = name.LastIndexOf('.');
            yield return new(Key(name[2..dot], name[(dot + 1)..]), Flatten(summary));
        }

        // A positional record documents its properties as parameters of itself.
        if (name.StartsWith("T:", StringComparison.Ordinal))
        {
            foreach (var parameter in member.Elements("param"))
                yield return new(Key(name[2..], parameter.Attribute("name")?.Value ?? ""), Flatten(parameter));
        }
    }

    private static string Key(string type, string member) => $"{type}.{Camel(member)}";

    private static string Flatten(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Flatten)), " ").Trim();

    private static string Flatten(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{LastName(see)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => Flatten(other),
        _ => "",
    };

    private static string LastName(XElement see)
    {
        var name = (see.Attribute("cref") ?? see.Attribute("langword"))?.Value ?? "";
        return Camel(name[(name.LastIndexOfAny(['.', ':']) + 1)..]);
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
