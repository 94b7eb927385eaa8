using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.ScheduleOutcome"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<ScheduleOutcome>))]
public enum ScheduleOutcome
{
    /// <summary>A job was submitted.</summary>
    Started,

    /// <summary>It came while nothing could start, and <see cref="MissedPolicy.Skip"/> leaves it out.</summary>
    Missed,

    /// <summary>Jobs of earlier starts had not ended.</summary>
    Overlapped,

    /// <summary>The cluster did not take the job: the faults say why.</summary>
    Refused,
}
