using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using OrleansCluster.Testing;

namespace OrleansCluster.Simulator;

/// <summary>Runs many seeds, each on a thread of its own, and tells what came of them.</summary>
internal sealed class SeedRunner(SimulateSettings settings, TextWriter output, TextWriter progress)
{
    private static readonly TimeSpan _progressPeriod = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly FaultCounts _faults = new();
    private readonly List<SeedFailure> _failures = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private long _reportedAt = TimeProvider.System.GetTimestamp();
    private int _done;
    private int _jobs;
    private int _tasks;
    private long _events;
    private TimeSpan _time;

    /// <returns>Whether no seed failed.</returns>
    public static async Task<bool> Run(SimulateSettings settings, TextWriter output, TextWriter progress, CancellationToken cancellationToken)
    {
        var runner = new SeedRunner(settings, output, progress);
        await runner.RunAll(cancellationToken);
        runner.Summarize(cancellationToken.IsCancellationRequested);
        return runner._failures.Count == 0;
    }

    private async Task RunAll(CancellationToken cancellationToken)
    {
        var next = new ConcurrentQueue<ulong>(Enumerable.Range(0, settings.Seeds).Select(i => settings.From + (ulong)i));
        var workers = Enumerable.Range(0, settings.Jobs).Select(_ => OnThread(() =>
        {
            while (!cancellationToken.IsCancellationRequested && !(settings.StopsAtFirst && HasFailed()) && next.TryDequeue(out var seed))
                RunOne(seed);
        }));
        await Task.WhenAll(workers);
    }

    /// <summary>The pool has better to do than to run what lasts for minutes.</summary>
    private static Task OnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void RunOne(ulong seed)
    {
        try
        {
            var result = Simulation.Run(seed, settings.Traces ? output.WriteLine : null);
            lock (_lock)
                Add(result);
        }
        catch (Exception exception)
        {
            lock (_lock)
                Add(seed, exception);
        }
    }

    private bool HasFailed()
    {
        lock (_lock)
            return _failures.Count > 0;
    }

    private void Add(SimulationResult result)
    {
        _done++;
        _jobs += result.Jobs;
        _tasks += result.Tasks;
        _events += result.Events;
        _time += result.Time;
        _faults.Add(result.Faults);
        if (settings.Seeds == 1)
            output.WriteLine($"seed {result.Seed}: {result.Time:hh\\:mm\\:ss\\.fff} of virtual time, {result.Events} events, trace hash {result.Hash:x16}");
        if (settings.Seeds == 1 || _clock.GetElapsedTime(_reportedAt) < _progressPeriod)
            return;
        _reportedAt = _clock.GetTimestamp();
        var share = (_done + _failures.Count) / (double)settings.Seeds;
        var left = _clock.GetElapsedTime(_began) / share * (1 - share);
        progress.WriteLine($"{_done + _failures.Count}/{settings.Seeds} seeds, {_failures.Count} failed, {_time.TotalHours:F1} h of virtual time; about {left:mm\\:ss} left");
    }

    private void Add(ulong seed, Exception exception)
    {
        var failure = SeedFailure.Of(seed, exception);
        _failures.Add(failure);
        output.WriteLine($"seed {seed} FAILED: {failure.Violation}");
        if (settings.Traces)
            return;
        output.WriteLine(exception is SimulationException ? exception.Message : exception.ToString());
        output.WriteLine($"again, with all its events: infra/simulate --seed {seed} --trace");
    }

    private void Summarize(bool isCancelled)
    {
        var took = _clock.GetElapsedTime(_began);
        if (settings.Seeds > 1)
            WriteTable();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_done + _failures.Count} seeds, {_failures.Count} failed{(isCancelled ? ", interrupted" : "")}: {_jobs} jobs, {_tasks} tasks, {_events} events, {_time.TotalHours:F1} h of virtual time in {took.TotalSeconds:F1} s"));
        if (!settings.WritesJson)
            return;
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                Seeds = _done + _failures.Count,
                settings.From,
                Failed = _failures,
                Jobs = _jobs,
                Tasks = _tasks,
                Events = _events,
                VirtualSeconds = _time.TotalSeconds,
                Seconds = took.TotalSeconds,
                Faults = Enum.GetValues<FaultKind>().ToDictionary(kind => JsonNamingPolicy.CamelCase.ConvertName($"{kind}"), kind => _faults[kind]),
            },
            JsonSerializerOptions.Web));
    }

    private void WriteTable()
    {
        output.WriteLine("FAULT             INJECTED");
        foreach (var kind in Enum.GetValues<FaultKind>())
            output.WriteLine($"{kind,-16}  {_faults[kind],8}");
    }
}
