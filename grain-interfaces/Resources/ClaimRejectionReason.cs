using System.Text.Json.Serialization;

namespace OrleansCluster;

[GenerateSerializer, Alias("ocs.ClaimRejectionReason"), JsonConverter(typeof(UpperSnakeCaseEnumConverter<ClaimRejectionReason>))]
public enum ClaimRejectionReason
{
    /// <summary>It does not fit on the node any more.</summary>
    DoesNotFit,

    /// <summary>The node's ETag has moved (coarse detection only).</summary>
    NodeChanged,

    /// <summary>There is no such node, or it takes no claims now.</summary>
    NodeUnavailable,

    /// <summary>Another claim of an all-or-nothing transaction was refused.</summary>
    GangRefused,

    /// <summary>Another committer won in the store; nothing was written. Refresh and try again.</summary>
    LostRace,

    /// <summary>The node does not match one of its constraints, or has a task of its group by now.</summary>
    ConstraintNotMet,

    /// <summary>It would take its team past its maximum, or use what is guaranteed to another team and could not be asked back.</summary>
    TeamLimit,

    /// <summary>What it was to take the place of is not there any more.</summary>
    OfferGone,

    /// <summary>The task has ended before it was claimed: its launch was asked for before.</summary>
    TaskEnded,
}
