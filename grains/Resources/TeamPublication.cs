namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>One team after a change of it, for schedulers.</summary>
/// <param name="Sequence">Counts changes of teams, so that an older state never replaces a newer one.</param>
internal sealed record TeamPublication(TeamSnapshot Snapshot, long Sequence);
