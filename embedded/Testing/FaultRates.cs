using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Testing;

/// <summary>How often things go wrong. Probabilities are of one message or one write; times are means between two faults of the whole cluster.</summary>
public sealed record FaultRates
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultRates None { get; } = new();

    public double MessageDelayed { get; init; }
    public double MessageLost { get; init; }
    public double MessageRepeated { get; init; }
    public double StoreSlow { get; init; }
    public double WriteFailed { get; init; }
    public double WriteUncertain { get; init; }
    public double WriteLate { get; init; }
    public double ReadFailed { get; init; }

    public TimeSpan? SiloCrashed { get; init; }
    public TimeSpan? HostCrashed { get; init; }
    public TimeSpan? HostCutOff { get; init; }
    public TimeSpan? HostIsolated { get; init; }
    public TimeSpan? GrainDoubled { get; init; }
    public TimeSpan? ProcessPaused { get; init; }
    public TimeSpan? StoreAway { get; init; }
    public TimeSpan? RuntimeAway { get; init; }
    public TimeSpan? ContainerKilled { get; init; }

    /// <summary>
    /// The part of crashes, pauses and doubled grains that wait for a moment at which more can go wrong than at others: a crash for a write or a late message of its
    /// silo, a pause for a message to its silo, a second activation for a write of the first, which then takes long.
    /// </summary>
    public double AtEdge { get; init; }

    /// <summary>
    /// The part of what waits for a moment, and of what comes back, that does so for one at which work changes hands: a node's report or its answer is on its way,
    /// a container is being created, a node is declared lost, a job looks whether it has ended. Of one kind of such messages, as large a part is delayed.
    /// </summary>
    public double AtHandOver { get; init; }

    /// <summary>The part of doubled grains whose older activation nobody ends: it has to find out by itself.</summary>
    public double DoubleStays { get; init; }

    /// <summary>Clocks run fast or slow by up to this part.</summary>
    public double ClockDrift { get; init; }

    /// <summary>Some kinds of faults at some rates, and others not at all: what a seed decides.</summary>
    public static FaultRates Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new FaultRates
        {
            MessageDelayed = Rate(0.05),
            MessageLost = Rate(0.03),
            MessageRepeated = Rate(0.03),
            StoreSlow = Rate(0.03),
            WriteFailed = Rate(0.02),
            WriteUncertain = Rate(0.02),
            WriteLate = Rate(0.01),
            ReadFailed = Rate(0.02),
            SiloCrashed = Mean(20),
            HostCrashed = Mean(40),
            HostCutOff = Mean(40),
            HostIsolated = Mean(40),
            GrainDoubled = Mean(2),
            ProcessPaused = Mean(30),
            StoreAway = Mean(60),
            RuntimeAway = Mean(30),
            ContainerKilled = Mean(20),
            ClockDrift = Rate(0.05),
        };

        double Rate(double most) => random.Chance(0.5) ? most * random.Fraction() : 0;
        TimeSpan? Mean(int least) => random.Chance(0.5) ? TimeSpan.FromSeconds(random.Between(least, least * 4)) : null;
    }
}
