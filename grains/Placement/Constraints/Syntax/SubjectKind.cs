namespace OrleansCluster.Placement.Constraints.Syntax;

internal enum SubjectKind
{
    AgentConnected,
    AgentVersion,
    Attribute,
    Node,
    RegisteredAt,
    RunningTasksCount,
    Status,
    TaskGroup,
}
