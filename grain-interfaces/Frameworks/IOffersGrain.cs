using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>
/// Decides which framework is offered what, by dominant share among teams, then among frameworks of a team. What is offered is claimed in the same state and by the same
/// transactions as what tasks use. Key: <see cref="GrainKeys.Offers"/>.
/// </summary>
[Alias("ocs.IOffersGrain")]
public interface IOffersGrain : IGrainWithStringKey
{
    /// <summary>A framework wants offers, and has to say so again within fifteen seconds. Not durable.</summary>
    [Alias("Want"), AlwaysInterleave]
    Task Want(FrameworkDemand demand);

    /// <summary>It wants none any more.</summary>
    [Alias("Leave"), AlwaysInterleave]
    Task Leave(string framework);

    /// <summary>Gives back what was claimed for offers; durable when it returns, and the frameworks are told that they stand no more.</summary>
    [Alias("Return"), AlwaysInterleave]
    Task Return(ImmutableArray<string> offers);

    /// <summary>From a framework: it has given them back itself, so it is told nothing. Durable when it returns.</summary>
    [Alias("Declined"), AlwaysInterleave]
    Task Declined(ImmutableArray<string> offers);

    /// <summary>From a framework: a launch has used them up, so their claims are gone.</summary>
    [Alias("UsedUp"), AlwaysInterleave]
    Task UsedUp(ImmutableArray<string> offers);

    /// <summary>From a framework that is being removed: gives back all that is its own. Durable when it returns.</summary>
    [Alias("ReturnAll"), AlwaysInterleave]
    Task ReturnAll(string framework);

    /// <summary>Wakes it after a restart, so that offers of its predecessor are given back.</summary>
    [Alias("Ensure")]
    Task Ensure();
}
