using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansCluster.Embedded;

/// <summary>A constructor parameter marked with [PersistentState].</summary>
internal sealed class PersistentStateParameter
{
    private const string DefaultStorage = "Default";
    private readonly PersistentStateAttribute _attribute;
    private readonly ConstructorInvoker _newState;
    private readonly Type _grainClass;

    private PersistentStateParameter(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        _attribute = attribute;
        _grainClass = parameter.Member.DeclaringType!;
        ParameterType = parameter.ParameterType;
        if (!ParameterType.IsGenericType || ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new NotSupportedException(
                $"{_grainClass}: [PersistentState] parameter '{parameter.Name}' must be an IPersistentState<T>.");

        var state = typeof(PersistentState<>).MakeGenericType(ParameterType.GenericTypeArguments);
        _newState = ConstructorInvoker.Create(state.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single());
    }

    internal Type ParameterType { get; }

    internal static PersistentStateParameter[] Of(Type grainClass) =>
    [
        .. from constructor in grainClass.GetConstructors()
           from parameter in constructor.GetParameters()
           let attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()
           where attribute is not null
           select new PersistentStateParameter(parameter, attribute),
    ];

    internal PersistentState Bind(Activation activation, IServiceProvider services)
    {
        var name = _attribute.StorageName ?? DefaultStorage;
        var storage = services.GetKeyedService<IGrainStorage>(name) ?? throw new InvalidOperationException(
            $"{_grainClass} keeps its state '{_attribute.StateName}' in the storage '{name}', which is not there: "
            + $"register it with services.AddKeyedSingleton<IGrainStorage>(\"{name}\", ...).");
        return (PersistentState)_newState.Invoke(_attribute.StateName, activation, storage);
    }
}
