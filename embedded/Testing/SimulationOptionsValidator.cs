using OrleansCluster.Grains.Scheduling;

namespace OrleansCluster.Testing;

/// <summary>Finds everything wrong with the options of a simulation at once.</summary>
internal static class SimulationOptionsValidator
{
    /// <exception cref="ArgumentException">They have faults; the message lists all of them.</exception>
    public static void Validate(SimulationOptions options)
    {
        var faults = new List<string>();
        Check(options.Patience > TimeSpan.Zero, nameof(options.Patience), options.Patience, "more than 0");
        Check(options.Leases.Duration > TimeSpan.Zero, "Leases.Duration", options.Leases.Duration, "more than 0");
        Check(options.Leases.LostAfter > options.Leases.Duration, "Leases.LostAfter", options.Leases.LostAfter, $"more than its Duration, {options.Leases.Duration}");
        Check(options.Schedulers is >= 1 and <= SchedulerShards.Most, nameof(options.Schedulers), options.Schedulers, $"1 to {SchedulerShards.Most}");
        var rates = options.Faults;
        Probability(rates.MessageDelayed, nameof(rates.MessageDelayed));
        Probability(rates.MessageLost, nameof(rates.MessageLost));
        Probability(rates.MessageRepeated, nameof(rates.MessageRepeated));
        Probability(rates.StoreSlow, nameof(rates.StoreSlow));
        Probability(rates.WriteFailed, nameof(rates.WriteFailed));
        Probability(rates.WriteUncertain, nameof(rates.WriteUncertain));
        Probability(rates.WriteLate, nameof(rates.WriteLate));
        Probability(rates.ReadFailed, nameof(rates.ReadFailed));
        Probability(rates.AtEdge, nameof(rates.AtEdge));
        Probability(rates.AtHandOver, nameof(rates.AtHandOver));
        Probability(rates.DoubleStays, nameof(rates.DoubleStays));
        Check(rates.ClockDrift is >= 0 and <= 0.2, "Faults.ClockDrift", rates.ClockDrift, "0 to 0.2");
        Mean(rates.SiloCrashed, nameof(rates.SiloCrashed));
        Mean(rates.HostCrashed, nameof(rates.HostCrashed));
        Mean(rates.HostCutOff, nameof(rates.HostCutOff));
        Mean(rates.HostIsolated, nameof(rates.HostIsolated));
        Mean(rates.GrainDoubled, nameof(rates.GrainDoubled));
        Mean(rates.ProcessPaused, nameof(rates.ProcessPaused));
        Mean(rates.StoreAway, nameof(rates.StoreAway));
        Mean(rates.RuntimeAway, nameof(rates.RuntimeAway));
        Mean(rates.ContainerKilled, nameof(rates.ContainerKilled));
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));

        void Probability(double value, string name) => Check(value is >= 0 and <= 1, $"Faults.{name}", value, "a probability, 0 to 1");

        void Mean(TimeSpan? value, string name) => Check(value is null || value >= TimeSpan.FromMilliseconds(1), $"Faults.{name}", value, "1 ms or more, or null for never");

        void Check(bool holds, string name, object? found, string expected)
        {
            if (!holds)
                faults.Add(FormattableString.Invariant($"{name} is {found}; expected {expected}."));
        }
    }
}
