namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>How large what users hand in may be.</summary>
internal static class SpecLimits
{
    public const int NameLength = 63;
    public const int FamilyLength = 128;
    public const int JobIdLength = 128;

    /// <summary>Recorded scientific workflows have up to some thousand (<c>infra/bench workflow</c>); a job's row, its views and what it looks through at each end of a task grow with it.</summary>
    public const int TasksPerJob = 10_000;
    public const int InstancesPerTask = 10_000;

    /// <summary>All of them are decided on together and committed in one transaction.</summary>
    public const int InstancesPerGang = 1_000;
    public const int InstancesPerJob = 100_000;

    /// <summary>One task may gather up what all others have made.</summary>
    public const int DependenciesPerTask = 10_000;
    public const int DependenciesPerJob = 100_000;

    /// <summary>Other jobs that a job waits for.</summary>
    public const int JobsPerJob = 100;
    public const int AttemptsPerTask = 100;
    public const int CodesPerTask = 100;

    /// <summary>A year.</summary>
    public const int LongestTime = 31_536_000;

    /// <summary>A day.</summary>
    public const int LongestStart = 86_400;
    public const int LongestBackoff = 3_600;

    /// <summary>As in ECS.</summary>
    public const int ConstraintsPerTask = 10;

    /// <summary>As in ECS.</summary>
    public const int StrategiesPerTask = 5;
    public const int GroupLength = 255;
    public const int LargestPriority = 100;

    public const int ContainersPerTask = 16;
    public const int VolumesPerTask = 50;
    public const int MountsPerContainer = 50;
    public const int PortsPerContainer = 100;
    public const int VariablesPerContainer = 100;
    public const int WordsPerCommand = 1_000;
    public const int ModelsPerContainer = 16;

    public const int LargestStopTimeout = 3_600;

    /// <summary>Seconds.</summary>
    public const int ShortestCheckpointInterval = 5;

    /// <summary>Seconds: a day.</summary>
    public const int LongestCheckpointInterval = 86_400;
    public const int CheckpointsKept = 10;

    /// <summary>MiB.</summary>
    public const int LargestCheckpoint = 1_024;

    /// <summary>Seconds.</summary>
    public const int LongestGrace = 600;

    /// <summary>Seconds, as in ECS, and so are the following.</summary>
    public const int LongestHealthInterval = 300;
    public const int LongestHealthTimeout = 60;
    public const int HealthRetries = 10;
    public const int LongestStartPeriod = 300;

    /// <summary>Characters of an image's name with registry, tag and digest.</summary>
    public const int ImageLength = 512;

    /// <summary>Characters of a path; Linux's PATH_MAX.</summary>
    public const int PathLength = 4_096;

    /// <summary>Characters of one word of a command and of one variable's value: a script may be one.</summary>
    public const int WordLength = 65_536;

    /// <summary>Bytes of the same in UTF-8; what Linux takes, less room for a variable's name.</summary>
    public const int WordBytes = 130_000;

    /// <summary>Of a whole task: 1,024 cores, 16 TiB of memory, 64 TiB of disk. No host is larger; more is a slip of the unit.</summary>
    public static Resources LargestTask { get; } = new(1_024_000, 16 * 1024 * 1024, 64 * 1024 * 1024);

    /// <summary>Faults listed in one answer; the rest is counted.</summary>
    public const int Faults = 200;
}
