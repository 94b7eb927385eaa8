namespace OrleansCluster.Benchmarks.Conflict;

/// <param name="DecisionSeconds">Of one task; a transaction takes 0.01 s more.</param>
/// <param name="ConflictFraction">Transactions of which something was rejected, for each job that was placed: 1 is one retry a job.</param>
/// <param name="Busyness">Share of its time in which a scheduler decides, on average over all of them.</param>
internal sealed record ConflictRow(int Schedulers, string Detection, string Commit, double DecisionSeconds, double ConflictFraction, double Busyness, int Jobs, int Waiting);
