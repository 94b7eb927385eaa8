namespace OrleansCluster.Testing;

/// <summary>What can go wrong in the simulated world.</summary>
public enum FaultKind
{
    /// <summary>A message between silos takes so long that others overtake it.</summary>
    MessageDelayed,
    MessageLost,
    MessageRepeated,

    /// <summary>A silo's process ends as with kill -9; its containers run on, and the process is started again.</summary>
    SiloCrashed,

    /// <summary>A host loses its power, and its containers with it; it comes back.</summary>
    HostCrashed,

    /// <summary>A host reaches no other host any more, and goes on running.</summary>
    HostCutOff,

    /// <summary>As <see cref="HostCutOff"/>, and the database is out of its reach too.</summary>
    HostIsolated,

    /// <summary>Another activation of a grain appears while the one before goes on.</summary>
    GrainDoubled,

    /// <summary>A process stands still for some seconds.</summary>
    ProcessPaused,

    StoreSlow,

    /// <summary>A write fails, and nothing was written.</summary>
    WriteFailed,

    /// <summary>A write fails although it was written.</summary>
    WriteUncertain,

    /// <summary>A write fails, and is written some time later.</summary>
    WriteLate,

    /// <summary>A read fails.</summary>
    ReadFailed,

    /// <summary>The database is away from all silos.</summary>
    StoreAway,

    /// <summary>A host's clock is slow or fast.</summary>
    ClockDrifts,

    /// <summary>The container runtime does not answer for a while.</summary>
    RuntimeAway,

    /// <summary>A container is killed from outside.</summary>
    ContainerKilled,
}
