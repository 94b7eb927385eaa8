using System.Text;

namespace OrleansCluster.Mutations.Copying;

/// <summary>Puts all edits of one file into its text.</summary>
internal static class Weaver
{
    /// <param name="faults">Takes what is wrong with the list: an edit whose code is not there any more, or not just once, or is another's too.</param>
    public static string Weave(string file, string text, IEnumerable<(Mutation Mutation, Edit Edit)> edits, List<string> faults)
    {
        var places = new SortedDictionary<int, List<(Mutation Mutation, Edit Edit)>>();
        foreach (var (mutation, edit) in edits)
        {
            var count = CountOf(text, edit.Original);
            if (count != 1)
                faults.Add($"{mutation.Name}: {file} has its code {count} times, not once: {edit.Original}");
            else if (places.TryGetValue(text.IndexOf(edit.Original, StringComparison.Ordinal), out var same))
                same.Add((mutation, edit));
            else
                places.Add(text.IndexOf(edit.Original, StringComparison.Ordinal), [(mutation, edit)]);
        }

        var woven = new StringBuilder();
        var done = 0;
        foreach (var (at, all) in places)
        {
            var original = all[0].Edit.Original;
            faults.AddRange(all.Where(entry => at < done || entry.Edit.Original != original).Select(entry => $"{entry.Mutation.Name}: its code in {file} overlaps another mutation's: {entry.Edit.Original}"));
            if (at < done)
                continue;
            woven.Append(text, done, at - done).Append(all.Aggregate(original, (code, entry) => entry.Edit.Weave(entry.Mutation.Name, code)));
            done = at + original.Length;
        }

        return woven.Append(text, done, text.Length - done).ToString();
    }

    private static int CountOf(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
            count++;
        return count;
    }
}
