using System.Collections.Immutable;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Tasks.Definitions;

[RandomPlacement]
internal sealed class TaskDefinitionGrain(
    [PersistentState(TaskDefinitionState.Name, StoreGrainStorage.Name)] IPersistentState<TaskDefinitionState> state,
    ITransactionalStore store,
    ISiloPeers peers,
    TimeProvider clock) : Grain, ITaskDefinitionGrain
{
    /// <summary>A family's revisions are kept for good, and in one row.</summary>
    private const int MostRevisions = 1_000;

    private ImmutableArray<TaskDefinition> _revisions = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _revisions = state.State.Revisions;
        return Task.CompletedTask;
    }

    public async Task<Answer<TaskDefinition>> Register(TaskDefinitionSpec spec)
    {
        var faults = TaskDefinitionValidator.Validate(spec);
        if (!faults.IsEmpty)
            return Refusal.Faulty("The task definition", faults);
        await CatchUp();
        if (_revisions is [.., var newest] && StoreJson.ContentOf(TaskDefinitions.ToSpec(newest)) == StoreJson.ContentOf(spec))
            return newest;
        if (_revisions.Length == MostRevisions)
            return Refusal.Conflict($"Family {spec.Family} has {MostRevisions} revisions, which is the limit; register under another family.");

        var revision = TaskDefinitions.ToRevision(spec, _revisions.Length + 1, clock.GetUtcNow());
        await Save(_revisions.Add(revision));
        return revision;
    }

    public async Task<TaskDefinition?> Get(int? revision)
    {
        // What is known never changes; the newest may, and what is not known may be known to another activation.
        if (revision is null || revision > _revisions.Length)
            await CatchUp();
        var wanted = revision ?? _revisions.Length;
        return wanted >= 1 && wanted <= _revisions.Length ? _revisions[wanted - 1] : null;
    }

    public async Task<ImmutableArray<TaskDefinition>> List()
    {
        await CatchUp();
        return [.. _revisions.Reverse()];
    }

    /// <summary>An agent that was told by an earlier activation that there is no such revision would have its tasks fail for it.</summary>
    private async Task CatchUp()
    {
        if (!peers.IsOnly && await state.CatchUp(store, TaskDefinitionState.Name, this.GetPrimaryKeyString()))
            _revisions = state.State.Revisions;
    }

    private async Task Save(ImmutableArray<TaskDefinition> revisions)
    {
        state.State = new TaskDefinitionState { Revisions = revisions };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        _revisions = revisions;
    }
}
