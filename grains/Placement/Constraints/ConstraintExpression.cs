using OrleansCluster.Placement.Constraints.Evaluation;
using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Placement.Constraints;

/// <summary>
/// Says which nodes a task may go to, in ECS's cluster query language: <c>SUBJECT OPERATOR [ARGUMENT]</c>, joined by <c>not</c> (<c>!</c>),
/// <c>and</c> (<c>&amp;&amp;</c>) and <c>or</c> (<c>||</c>), which bind in this order, and by parentheses. Source:
/// docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html. Thread-safe.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>attribute:NAME</c></term><description>A text; all operators.</description></item>
/// <item><term><c>task:group</c></term><description>The groups of the tasks on the node; all operators. Holds if it does for any of them.</description></item>
/// <item><term><c>node</c></term><description>The node's name; <c>== != in !in =~ !~</c>. <c>ec2InstanceId</c> is read as the same.</description></item>
/// <item><term><c>agentConnected</c></term><description><c>true</c> or <c>false</c>; operators as for <c>node</c>.</description></item>
/// <item><term><c>status</c></term><description><c>ACTIVE</c>, <c>DRAINING</c> or <c>LOST</c>; not in ECS, where another parameter asks
/// for it. Operators as for <c>node</c>.</description></item>
/// <item><term><c>agentVersion</c></term><description><c>1.14.5</c>, one to four numbers; <c>== != &gt; &gt;= &lt; &lt;=</c>.</description></item>
/// <item><term><c>runningTasksCount</c></term><description>A whole number; operators as for <c>agentVersion</c>.</description></item>
/// <item><term><c>registeredAt</c></term><description><c>2018-06-18T22:28:28+00:00</c>, <c>…Z</c>, without a zone (UTC), or
/// <c>2018-06-18</c> (its first second, UTC); operators as for <c>agentVersion</c>.</description></item>
/// </list>
/// <para>Operators in words: <c>equals</c>, <c>not_equals</c>, <c>greater_than</c>, <c>greater_than_equal</c>, <c>less_than</c>,
/// <c>less_than_equal</c>, <c>exists</c>, <c>not_exists</c> (<c>!exists</c>), <c>in</c>, <c>not_in</c> (<c>!in</c>), <c>matches</c>
/// (<c>=~</c>), <c>not_matches</c> (<c>!~</c>). Words are written in small letters.</para>
/// <para>What a node lacks makes every comparison false, also the negative ones, as ECS documents for <c>attribute:stack != prod</c>: nodes
/// that have the attribute, with another value. <c>not(attribute:stack == prod)</c> takes those without it, too.</para>
/// <para>Equality is of texts, as in ECS: <c>5.10</c> is not <c>5.1</c>. The order of texts is that of numbers where the argument is one; a
/// value that is no number is then neither greater nor less. With any other argument it is the order of UTF-16 code units.</para>
/// <para>A value stands in quotes, single or double, where it is <c>and</c>, <c>or</c> or <c>not</c>, or holds blanks or any of
/// <c>()[],'"=!&lt;&gt;~&amp;|</c>. The quote itself is doubled within; a backslash is an ordinary character.</para>
/// <para>A pattern must match the whole value. It needs quotes where it holds a blank, a closing parenthesis without its opening one, or
/// <c>&amp;&amp;</c> or <c>||</c> outside of parentheses. It is Java's syntax as far as .NET's non-backtracking engine goes, whose time
/// grows with the value's length and no faster: no lookaround, backreference, atomic group, possessive quantifier, class intersection.</para>
/// </remarks>
public sealed class ConstraintExpression : IEquatable<ConstraintExpression>
{
    private const int NodesPerWord = 64;

    private readonly Test _test;

    internal ConstraintExpression(string text, Condition root)
    {
        (Text, Root, _test) = (text, root, Compiler.Compile(root));
        var subjects = Subjects.Of(root).ToHashSet();
        AsksForTasks = subjects.Overlaps([SubjectKind.TaskGroup, SubjectKind.RunningTasksCount]);
        IsFixed = !AsksForTasks && !subjects.Overlaps([SubjectKind.Status, SubjectKind.AgentConnected]);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it asks which tasks, or how many, are on a node.</summary>
    public bool AsksForTasks { get; }

    /// <summary>Whether it only asks for what a node's registration says: its answer is the same until the node registers anew.</summary>
    public bool IsFixed { get; }

    internal Condition Root { get; }

    /// <summary>All faults that can be told at once; those that an earlier fault may have caused are left out.</summary>
    public static ParsedConstraint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parser.Parse(text);
    }

    /// <summary>Words of a mask for so many nodes.</summary>
    public static int MaskLength(int nodes) => (nodes + NodesPerWord - 1) / NodesPerWord;

    public bool Matches(NodeFacts node) => _test.Evaluate(new ReadOnlySpan<NodeFacts>(in node), 1) != 0;

    /// <summary>
    /// Evaluates many nodes at once, so that a scheduler need not ask again until one of them changes, and then only for its word: 64
    /// nodes that begin at a multiple of 64, into the part of the mask that is theirs. Of those 64, the right side of an <c>and</c> looks
    /// only at what the left one has left over.
    /// </summary>
    /// <param name="mask">
    /// Bit <c>i % 64</c> of word <c>i / 64</c> becomes 1 where node <c>i</c> matches; every other bit becomes 0. At least
    /// <see cref="MaskLength"/> words.
    /// </param>
    public void Fill(ReadOnlySpan<NodeFacts> nodes, Span<ulong> mask)
    {
        if (mask.Length < MaskLength(nodes.Length))
            throw new ArgumentException($"{mask.Length} words are too few for {nodes.Length} nodes; ask {nameof(MaskLength)} for their number.", nameof(mask));

        mask.Clear();
        for (var word = 0; nodes.Length > 0; word++)
        {
            var count = Math.Min(nodes.Length, NodesPerWord);
            mask[word] = _test.Evaluate(nodes[..count], ulong.MaxValue >> (NodesPerWord - count));
            nodes = nodes[count..];
        }
    }

    /// <summary>Whether both say the same in the same order, however it is spelt.</summary>
    public bool Equals(ConstraintExpression? other) => other is not null && Root.Equals(other.Root);

    public override bool Equals(object? obj) => Equals(obj as ConstraintExpression);

    public override int GetHashCode() => Root.GetHashCode();

    /// <summary>In one spelling for all that are equal; it may be longer than <see cref="Text"/> and than the limit.</summary>
    public override string ToString() => Printer.Print(Root);
}
