namespace Orleans;

/// <summary>Marker of grain interfaces whose key is a string: the only kind of key this engine knows.</summary>
public interface IGrainWithStringKey : IGrain;
