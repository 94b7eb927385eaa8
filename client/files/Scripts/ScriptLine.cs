using System.Text;

namespace OrleansCluster.Files.Scripts;

/// <summary>Takes an <c>#OCS</c> line apart as a shell would: words, quotes around blanks, and a comment after a hash.</summary>
internal sealed class ScriptLine(string text, int number)
{
    public const string Mark = "#OCS";

    /// <summary>What is wrong with the line by itself, and where.</summary>
    public List<(Position At, string Fault)> Faults { get; } = [];

    /// <summary>Whether the line is one: the mark, and after it a blank or nothing.</summary>
    public static bool Is(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal) && (line.Length == Mark.Length || char.IsWhiteSpace(line[Mark.Length]));

    public List<ScriptOption> Read()
    {
        var words = Words();
        var options = new List<ScriptOption>();
        for (var i = 0; i < words.Count; i++)
        {
            var (word, at) = words[i];
            if (!word.StartsWith("--", StringComparison.Ordinal) || word.Length == 2)
            {
                Faults.Add((at, $"'{word}' is no option; expected --KEY=VALUE"));
                continue;
            }

            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                options.Add(new ScriptOption(word[2..equals], word[(equals + 1)..], at));
            else if (i + 1 < words.Count && !words[i + 1].Word.StartsWith("--", StringComparison.Ordinal))
                options.Add(new ScriptOption(word[2..], words[++i].Word, at));
            else
                options.Add(new ScriptOption(word[2..], null, at));
        }

        return options;
    }

    private List<(string Word, Position At)> Words()
    {
        var words = new List<(string, Position)>();
        for (var i = Mark.Length; ;)
        {
            while (i < text.Length && char.IsWhiteSpace(text[i]))
                i++;
            if (i >= text.Length || text[i] == '#')
                return words;
            var at = new Position(number, i + 1);
            words.Add((Word(ref i), at));
        }
    }

    private string Word(ref int i)
    {
        var word = new StringBuilder();
        for (char? quote = null; i < text.Length && (quote is not null || !char.IsWhiteSpace(text[i])); i++)
        {
            if (quote is null && text[i] is '\'' or '"')
            {
                var closing = text.IndexOf(text[i], i + 1);
                if (closing < 0)
                    Faults.Add((new Position(number, i + 1), $"the quote {text[i]} is not closed"));
                quote = text[i];
            }
            else if (text[i] == quote)
            {
                quote = null;
            }
            else
            {
                word.Append(text[i]);
            }
        }

        return word.ToString();
    }
}
