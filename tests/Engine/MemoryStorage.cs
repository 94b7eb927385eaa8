using System.Collections.Concurrent;
using Orleans.Storage;

namespace OrleansCluster.Tests.Engine;

/// <summary>Keeps records with ETags; tests can change them behind a grain's back and make operations wait or fail.</summary>
internal sealed class MemoryStorage(Probe probe) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (object? State, int Version)> _records = new();

    public int Writes { get; private set; }

    /// <summary>Thrown by every operation while set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Name of the gate that writes wait at, if any.</summary>
    public string? WriteGate { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Failure is { } failure) throw failure;

        var found = _records.TryGetValue(Key(stateName, grainId), out var record);
        grainState.State = found ? (T?)record.State : Activator.CreateInstance<T>();
        grainState.ETag = found ? $"{record.Version}" : null;
        grainState.RecordExists = found;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Failure is { } failure) throw failure;

        probe.Report($"write {grainState.State}");
        if (WriteGate is { } gate) await probe.Gate(gate);
        var version = Check(stateName, grainId, grainState.ETag) + 1;
        _records[Key(stateName, grainId)] = (grainState.State, version);
        grainState.ETag = $"{version}";
        grainState.RecordExists = true;
        Writes++;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Check(stateName, grainId, grainState.ETag);
        _records.TryRemove(Key(stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    /// <summary>Writes as another process would, so that the grain's ETag is out of date.</summary>
    public void Overwrite(string stateName, string key, object state)
    {
        var name = _records.Keys.Single(
            k => k.StartsWith(stateName + ":", StringComparison.Ordinal) && k.EndsWith("/" + key, StringComparison.Ordinal));
        _records[name] = (state, _records[name].Version + 1);
    }

    private static string Key(string stateName, GrainId grainId) => $"{stateName}:{grainId.Type}/{grainId.Key}";

    private int Check(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue(Key(stateName, grainId), out var record) ? record.Version : 0;
        if ((etag ?? "0") != $"{stored}") throw new InconsistentStateException("The record has moved on.", $"{stored}", etag);
        return stored;
    }
}
