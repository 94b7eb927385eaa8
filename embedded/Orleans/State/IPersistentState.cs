using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>
/// A grain's state, asked for by a constructor parameter with <see cref="PersistentStateAttribute"/>; read before OnActivateAsync.
/// </summary>
public interface IPersistentState<TState> : IStorage<TState>;
