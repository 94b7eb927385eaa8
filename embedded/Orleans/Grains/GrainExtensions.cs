using OrleansCluster.Embedded;
using Orleans.Runtime;

namespace Orleans;

public static class GrainExtensions
{
    /// <summary>The reference others would call this grain by: pass this, never <c>this</c>.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => References.Cast<TGrainInterface>(grain);

    public static GrainId GetGrainId(this IAddressable grain) => References.IdOf(grain);

    public static string GetPrimaryKeyString(this IAddressable grain) => References.IdOf(grain).Key.ToString();
}
