namespace Orleans;

/// <summary>Gives references to grains. A reference is cheap and always valid: the grain is activated by the first call.</summary>
public interface IGrainFactory
{
    /// <exception cref="ArgumentException">No grain class implements the interface, or several do and the prefix does not choose
    /// one.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;
}
