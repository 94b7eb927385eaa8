using OpenTelemetry.Trace;

namespace OrleansCluster.Silo.Telemetry;

/// <summary>
/// Begins a trace with a job's submission and with nothing else. Polls, scrapes, renewals of leases and the engine's own calls would make thousands of
/// traces an hour that nobody reads; where a caller has begun a trace, its parent decides instead.
/// </summary>
internal sealed class SubmissionSampler : Sampler
{
    public const string Submission = "job.submit";

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Name == Submission ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}
