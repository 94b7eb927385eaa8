namespace OrleansCluster.Tests.Engine.Conformity;

/// <summary>Everything that ours declares must be in theirs, in exactly that form; theirs may have more.</summary>
internal static class ApiComparer
{
    public static IEnumerable<string> Differences(PublicType ours, PublicType theirs)
    {
        if (ours.Shape != theirs.Shape) yield return $"{ours.Name}: is '{ours.Shape}', should be '{theirs.Shape}'";

        foreach (var face in ours.Interfaces.Except(theirs.Interfaces)) yield return $"{ours.Name}: should not implement {face}";

        foreach (var member in ours.Members.Except(theirs.Members))
            yield return $"{ours.Name}: has no '{member}'; it has {string.Join(" | ", Similar(member, theirs))}";
    }

    private static IEnumerable<string> Similar(string member, PublicType theirs)
    {
        var name = NameOf(member);
        return theirs.Members.Where(m => NameOf(m) == name).DefaultIfEmpty("nothing of that name");
    }

    private static string NameOf(string member) => member.Split('(', '<', '=')[0].TrimEnd().Split(' ')[^1];
}
