namespace OrleansCluster.Silo.Entry;

/// <summary>What the choice between destinations rests on.</summary>
/// <param name="IsTried">This request has been there already.</param>
/// <param name="IsAvoided">It could not be reached just now.</param>
internal readonly record struct Candidate(bool IsTried, bool IsAvoided, int UnderWay);
