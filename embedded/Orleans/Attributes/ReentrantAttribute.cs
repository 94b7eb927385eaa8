namespace Orleans.Concurrency;

/// <summary>All calls of the grain may interleave: another one may start whenever one awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
