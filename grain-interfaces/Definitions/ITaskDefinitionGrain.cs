using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>All revisions of one family. Key: <see cref="GrainKeys.TaskDefinition"/>.</summary>
[Alias("ocs.ITaskDefinitionGrain")]
public interface ITaskDefinitionGrain : IGrainWithStringKey
{
    /// <summary>Registers the next revision. What equals the newest revision is that revision: registering twice changes nothing.</summary>
    [Alias("Register")]
    Task<Answer<TaskDefinition>> Register(TaskDefinitionSpec spec);

    /// <param name="revision"><see langword="null"/> for the newest.</param>
    [Alias("Get"), AlwaysInterleave]
    Task<TaskDefinition?> Get(int? revision);

    /// <summary>Newest first.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<TaskDefinition>> List();
}
