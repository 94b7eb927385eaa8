namespace OrleansCluster.Placement.Constraints.Syntax;

/// <param name="Attribute">The attribute's name; empty for all other kinds.</param>
internal readonly record struct Subject(SubjectKind Kind, string Attribute)
{
    public const string AttributePrefix = "attribute:";

    public const string Expectation = "agentConnected, agentVersion, attribute:NAME, node, registeredAt, runningTasksCount, status or task:group";

    public const string AttributeExpectation = $"an attribute's name: {NodeAttributes.NameExpectation}";

    /// <summary><see langword="null"/> for a word that is none.</summary>
    public static Subject? Find(string word) => word switch
    {
        "agentConnected" => new(SubjectKind.AgentConnected, ""),
        "agentVersion" => new(SubjectKind.AgentVersion, ""),
        // Nodes need not be instances of EC2; the name is what tells them apart here.
        "node" or "ec2InstanceId" => new(SubjectKind.Node, ""),
        "registeredAt" => new(SubjectKind.RegisteredAt, ""),
        "runningTasksCount" => new(SubjectKind.RunningTasksCount, ""),
        "status" => new(SubjectKind.Status, ""),
        "task:group" => new(SubjectKind.TaskGroup, ""),
        _ when IsAttribute(word) && NodeAttributes.IsName(word[AttributePrefix.Length..]) => new(SubjectKind.Attribute, word[AttributePrefix.Length..]),
        _ => null,
    };

    public static bool IsAttribute(string word) => word.StartsWith(AttributePrefix, StringComparison.Ordinal);

    public override string ToString() => Kind switch
    {
        SubjectKind.AgentConnected => "agentConnected",
        SubjectKind.AgentVersion => "agentVersion",
        SubjectKind.Attribute => AttributePrefix + Attribute,
        SubjectKind.Node => "node",
        SubjectKind.RegisteredAt => "registeredAt",
        SubjectKind.RunningTasksCount => "runningTasksCount",
        SubjectKind.Status => "status",
        _ => "task:group",
    };
}
