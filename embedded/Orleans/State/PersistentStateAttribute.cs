namespace Orleans.Runtime;

/// <param name="stateName">The record's kind in the store; one a grain class, since stores may key records by it and the grain's key
/// alone.</param>
/// <param name="storageName">The key of the <c>IGrainStorage</c> service; null for the one registered as "Default".</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
