using Orleans.Runtime;

namespace Orleans;

/// <summary>Marker of all grain interfaces.</summary>
public interface IGrain : IAddressable;
