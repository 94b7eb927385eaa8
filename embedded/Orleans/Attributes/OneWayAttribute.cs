namespace Orleans.Concurrency;

/// <summary>The caller does not wait and never learns of a failure, which is only logged.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
