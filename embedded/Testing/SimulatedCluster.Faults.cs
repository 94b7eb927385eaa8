namespace OrleansCluster.Testing;

/// <summary>What goes wrong: by a test's own hand, or by itself.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>kill -9 of the silo on that node; its containers run on, and it is started again within two seconds. Where none runs, nothing happens.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void KillSilo(string node) => Touch(node).KillSilo();

    /// <summary>The host loses its power, with everything that runs on it.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void TurnOff(string node) => Touch(node).TurnOff();

    /// <summary>The power is back, and the silo starts; containers are not there any more.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void TurnOn(string node) => Touch(node).TurnOn();

    /// <summary>The host reaches no other host any more and goes on running, until it joins again as often.</summary>
    /// <param name="fromDatabase">Nor the database.</param>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void CutOff(string node, bool fromDatabase) => Touch(node).CutOff(fromDatabase);

    /// <param name="fromDatabase">As it was cut off.</param>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void JoinAgain(string node, bool fromDatabase) => Touch(node).JoinAgain(fromDatabase);

    /// <summary>The database is there, or is away from everybody.</summary>
    public void SetDatabase(bool isAway)
    {
        World.Enter();
        Database.IsAway = isAway;
        World.Trace.Add(isAway ? "the database is away" : "the database is back");
    }

    /// <summary>From now on things go wrong as <see cref="SimulationOptions.Faults"/> says; what was taken away comes back by itself. Where they do already, nothing changes.</summary>
    public void StartFaults()
    {
        World.Enter();
        _faults = Options.Faults;
        _injector.Start(_faults);
    }

    /// <summary>From now on nothing goes wrong by itself, and what is away comes back, whoever has taken it. Clocks stay as they are.</summary>
    public void Heal()
    {
        World.Enter();
        World.Trace.Add("all faults end");
        _faults = FaultRates.None;
        _injector.Stop();
        Database.IsAway = false;
        foreach (var host in _hosts.Values)
            host.Heal();
        _invariants?.OnHealed();
    }

    private Hosts.SimulatedHost Touch(string node)
    {
        World.Enter();
        return Host(node);
    }
}
