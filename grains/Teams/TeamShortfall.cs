using System.Globalization;

namespace OrleansCluster.Grains.Teams;

/// <summary>The limit of a team that a claim would pass.</summary>
/// <param name="Team">Whose limit: the claim's team, or its parent.</param>
/// <param name="Dimension">An index of <see cref="TeamAmounts.Dimensions"/>.</param>
/// <param name="Limit">Of the team's maximum; of what is free beside others' guarantees where <paramref name="IsReserved"/>.</param>
/// <param name="Used">Of it, by now.</param>
/// <param name="IsReserved">It would use what other teams are guaranteed and could not ask back.</param>
internal readonly record struct TeamShortfall(string Team, int Dimension, long Limit, long Used, long Wanted, bool IsReserved)
{
    public string Name => TeamAmounts.Dimensions[Dimension];

    public long Missing => Used + Wanted - Limit;

    /// <summary>Less may be used one day; the limit stays as it is.</summary>
    public bool WaitingCanHelp => IsReserved || Wanted <= Limit;

    public override string ToString() => IsReserved
        ? $"{Name} is kept for what other teams are guaranteed: {Spell(Wanted)} wanted, {Spell(Math.Max(Limit - Used, 0))} left beside that"
        : $"team {Team} at its maximum: {Name} {Spell(Used)} of {Spell(Limit)} used, {Spell(Wanted)} wanted";

    private string Spell(long amount)
    {
        var unit = Dimension switch { 0 => "millicores", 3 => "thousandths", _ => "MiB" };
        return string.Create(CultureInfo.InvariantCulture, $"{amount} {unit}");
    }
}
