using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>
/// A framework's id as Mesos's clients keep it and give it back: its name and the token of its registration, so that whoever knows the id is the framework, as on Mesos, and nobody can make one up.
/// </summary>
internal sealed record MesosFrameworkId(string Name, string Token)
{
    /// <summary><see langword="null"/> for what was not made here.</summary>
    public static MesosFrameworkId? Parse(string? id) =>
        id?.Split('.') is [var name, { Length: > 0 } token] && ApiNames.IsService(name) ? new MesosFrameworkId(name, token) : null;

    public override string ToString() => $"{Name}.{Token}";
}
