using System.Globalization;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Silo.Agent.Checkpoints;

/// <summary>
/// Takes and restores the checkpoints of one node's tasks. Bytes first: a checkpoint counts when the task's record has it, and the record gets it only after the
/// store has all of it.
/// </summary>
internal sealed partial class AgentCheckpoints(
    AgentOptions options,
    CheckpointArchiver archiver,
    ICheckpointStore store,
    IGrainFactory grains,
    IIdSource ids,
    TimeProvider clock,
    AgentInstruments instruments,
    ILogger<AgentCheckpoints> logger)
{
    private const int Tries = 3;
    private const int AtOnce = 2;
    private const int NameLength = 8;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>An archive takes disk and CPU of the host that the tasks want.</summary>
    private readonly Gate _gate = new(AtOnce);

    /// <param name="orders">As known before the directory is read: the number follows on the newest in them, and all requests in them are answered.</param>
    /// <returns><see langword="null"/> where there is no such directory and nobody has asked.</returns>
    public async Task<CheckpointReceipt?> Take(Claim claim, CheckpointSpec spec, string container, CheckpointOrders orders, CancellationToken cancellationToken)
    {
        using (await _gate.Enter(cancellationToken))
        {
            var began = clock.GetTimestamp();
            try
            {
                await using var packed = await archiver.Pack(container, spec.Path, (long)spec.MaxSize << 20, cancellationToken);
                if (packed is null && orders.Requested == orders.Answered)
                    return null;
                if (packed is null)
                    throw new CheckpointException($"there is no directory {spec.Path} in the container");
                if (packed.Size > store.LargestSize)
                    throw new CheckpointException($"{packed.Size} bytes are more than {store.Description} takes: {store.LargestSize}; configure --checkpoints");
                var receipt = await Store(claim, orders, packed, cancellationToken);
                instruments.CheckpointTaken(began, packed.Size, receipt.IsAccepted);
                return receipt;
            }
            catch (CheckpointException refused)
            {
                instruments.CheckpointFailed();
                return await Tell(claim, $"No checkpoint could be taken: {refused.Message}.", orders.Requested, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                instruments.CheckpointFailed();
                throw;
            }
        }
    }

    /// <summary>Brings a container that has not been started to where the checkpoint was taken.</summary>
    /// <exception cref="ContainerException">It cannot be: it is not there any more, or not what was stored.</exception>
    public async Task Restore(Claim claim, CheckpointSpec spec, string container, TaskCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        try
        {
            await using var packed = await store.Get(KeyOf(claim, checkpoint.Name), cancellationToken)
                ?? throw new CheckpointException($"{store.Description} does not have it");
            await archiver.Unpack(container, spec.Path, packed, checkpoint.Digest, cancellationToken);
            instruments.CheckpointRestored(began);
        }
        catch (CheckpointException refused)
        {
            throw new ContainerException(ContainerFailure.Start, $"Checkpoint {checkpoint.Number} cannot be restored: {refused.Message}");
        }
        catch (StoreUnavailableException away)
        {
            // Tried again until the store answers: from nothing it must not begin. Whoever looks at the task sees why it does not.
            await Tell(claim, $"Checkpoint {checkpoint.Number} cannot be restored yet: {away.Message}", answers: 0, cancellationToken);
            throw;
        }
    }

    /// <summary>Says why there is none.</summary>
    public Task<CheckpointReceipt> Tell(Claim claim, string failure, int answers, CancellationToken cancellationToken) =>
        Report(claim, new CheckpointReport { Attempt = claim.Attempt, Failure = failure, Answers = answers }, cancellationToken);

    private async Task<CheckpointReceipt> Store(Claim claim, CheckpointOrders orders, PackedArchive packed, CancellationToken cancellationToken)
    {
        var number = orders.Newest + 1;
        var key = KeyOf(claim, string.Create(CultureInfo.InvariantCulture, $"{number:D6}-{claim.Attempt}-{ids.NewId(NameLength)}"));
        await store.Put(key, packed.Content, cancellationToken);
        var report = new CheckpointReport
        {
            Attempt = claim.Attempt,
            Checkpoint = new TaskCheckpoint
            {
                Number = number,
                Attempt = claim.Attempt,
                Name = key.Name,
                Size = packed.Size,
                Digest = packed.Digest,
                TakenAt = clock.GetUtcNow(),
                Node = claim.Node,
            },
            Answers = orders.Requested,
        };
        var receipt = await Report(claim, report, cancellationToken);
        if (!receipt.IsAccepted)
            await Delete(key);
        return receipt;
    }

    /// <summary>The same report again gets the same answer, so an answer that was lost is asked for once more.</summary>
    private async Task<CheckpointReceipt> Report(Claim claim, CheckpointReport report, CancellationToken cancellationToken)
    {
        var task = grains.GetGrain<ITaskGrain>(GrainKeys.Task(options.Cluster, claim.TaskId));
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await task.Checkpointed(report).WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException && tried < Tries)
            {
                LogNotReported(logger, exception, claim.Id);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    private async Task Delete(CheckpointKey key)
    {
        try
        {
            await store.Delete(key, CancellationToken.None);
        }
        catch (StoreUnavailableException away)
        {
            // The sweep finds it.
            LogNotDeleted(logger, away, key.TaskId, key.Name);
        }
    }

    private CheckpointKey KeyOf(Claim claim, string name) => new(options.Cluster, claim.TaskId, name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {Claim}: its checkpoint could not be reported; trying again")]
    private static partial void LogNotReported(ILogger logger, Exception exception, string claim);

    [LoggerMessage(Level = LogLevel.Information, Message = "A refused checkpoint of task {Task}, {Name}, could not be deleted")]
    private static partial void LogNotDeleted(ILogger logger, Exception exception, string task, string name);
}
