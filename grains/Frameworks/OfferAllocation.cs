namespace OrleansCluster.Grains.Frameworks;

/// <summary>What is to be offered to a framework on a node.</summary>
internal sealed record OfferAllocation(FrameworkSpec Framework, NodeSnapshot Node, Resources Resources, ExtraDemand? Extras)
{
    public Offer ToOffer(string id, DateTimeOffset now) => new()
    {
        Id = id,
        Node = Node.Name,
        Resources = Resources,
        Extras = Extras,
        TakenPorts = Node.ClaimedPorts,
        Attributes = Node.Attributes,
        Address = Node.Address,
        ExpiresAt = now.AddSeconds(Framework.OfferTimeout),
    };

    public ClaimRequest ToClaim(Offer offer) => new()
    {
        TaskId = offer.Id,
        Attempt = 1,
        Node = offer.Node,
        Resources = Resources,
        Extras = Extras,
        Definition = OfferId.DefinitionOf(Framework.Contestable),
        Team = Framework.Team,
        Priority = Framework.Priority,
    };
}
