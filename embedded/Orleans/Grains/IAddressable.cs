namespace Orleans.Runtime;

/// <summary>Anything a grain call can be sent to: grains and references to them.</summary>
public interface IAddressable;
