using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.JobStatus"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Accepted; tasks run or wait.</summary>
    Running,

    /// <summary>A user asked it to stop; its tasks are on their way out.</summary>
    Stopping,
    Succeeded,
    Failed,
    Stopped,
}
