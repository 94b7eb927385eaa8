namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>An element of a list, and where it stands in the input (JSON pointer).</summary>
internal readonly record struct Item<T>(string Path, T Value)
    where T : class;
