namespace Orleans.Placement;

/// <summary>Where a grain class's activations go. One process has one place: the attributes are accepted and have no effect here.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
