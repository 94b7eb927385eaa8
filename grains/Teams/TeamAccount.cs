namespace OrleansCluster.Grains.Teams;

/// <summary>One team in a <see cref="TeamBook"/>.</summary>
internal sealed class TeamAccount(string name)
{
    public string Name { get; } = name;

    /// <summary><see langword="null"/> where nobody has declared it.</summary>
    public TeamSpec? Spec { get; set; }

    public TeamAccount? Parent { get; set; }

    public List<TeamAccount> Children { get; } = [];

    /// <summary>Its own claims.</summary>
    public ResourceTotals Own { get; set; }

    /// <summary>Its own and its children's.</summary>
    public ResourceTotals Sum { get; set; }

    public int Claims { get; set; }

    public TeamAccount Root => Parent ?? this;

    public int Weight => Spec?.Weight ?? 1;

    /// <summary>Whether a claim of it can be refused for its team's sake alone.</summary>
    public bool HasMaximum => Spec?.Maximum is not null || Parent?.Spec?.Maximum is not null;

    public void Add(ResourceTotals amounts, int claims)
    {
        (Own, Claims) = (Own + amounts, Claims + claims);
        Sum += amounts;
        if (Parent is { } parent)
            parent.Sum += amounts;
    }
}
