namespace Orleans.Concurrency;

/// <summary>Calls of this method may interleave with others that are marked so too.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
