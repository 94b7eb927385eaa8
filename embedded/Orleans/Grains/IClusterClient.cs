namespace Orleans;

/// <summary>The grain factory for callers outside grains.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
