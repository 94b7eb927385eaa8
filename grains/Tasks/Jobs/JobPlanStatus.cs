namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>How far a job's plan has been carried out. Stored by name.</summary>
internal enum JobPlanStatus
{
    /// <summary>The job was submitted without one.</summary>
    None,

    /// <summary>Its claims are not committed yet, as far as is known.</summary>
    Pending,

    /// <summary>Its claims were committed, all of them.</summary>
    Placed,

    /// <summary>A node had changed; nothing was placed, and the job ends.</summary>
    Refused,
}
