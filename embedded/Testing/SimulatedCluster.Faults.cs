namespace OrleansCluster.Testing;

/// <summary>What a test does to its cluster by hand.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>kill -9 of the silo on that node; its containers run on, and it is started again within two seconds.</summary>
    public void KillSilo(string node) => Host(node).KillSilo();

    /// <summary>The host loses its power, with everything that runs on it.</summary>
    public void TurnOff(string node) => Host(node).TurnOff();

    public void TurnOn(string node) => Host(node).TurnOn();

    /// <summary>The host reaches no other host any more and goes on running.</summary>
    /// <param name="fromDatabase">Nor the database.</param>
    public void CutOff(string node, bool fromDatabase) => Host(node).CutOff(fromDatabase);

    /// <param name="fromDatabase">As it was cut off.</param>
    public void JoinAgain(string node, bool fromDatabase) => Host(node).JoinAgain(fromDatabase);

    /// <summary>The database is there, or is away from everybody.</summary>
    public void SetDatabase(bool isAway)
    {
        Database.IsAway = isAway;
        World.Trace.Add(isAway ? "the database is away" : "the database is back");
    }
}
