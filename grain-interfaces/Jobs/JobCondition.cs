using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.JobCondition"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<JobCondition>))]
public enum JobCondition
{
    /// <summary>It has succeeded; where it has ended otherwise, whoever waits for it fails.</summary>
    Success,

    /// <summary>It has ended, however.</summary>
    Complete,
}
