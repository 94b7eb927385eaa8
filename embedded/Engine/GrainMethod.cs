using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace OrleansCluster.Embedded;

/// <summary>One method of a grain interface: how to call it and how its calls are treated.</summary>
internal sealed class GrainMethod
{
    private readonly MethodInvoker _invoker;
    private readonly Func<GrainReference, GrainMethod, object?[], GrainCall> _newCall;
    private readonly Func<object, Task>? _asTask;

    internal GrainMethod(MethodInfo method)
    {
        Info = method;
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (method.IsGenericMethodDefinition) throw Unsupported("generic methods");
        if (method.GetParameters().Any(p => p.ParameterType.IsByRef)) throw Unsupported("ref, in and out parameters");

        _invoker = MethodInvoker.Create(method);
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsOneWay = method.IsDefined(typeof(OneWayAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        TokenIndex = Array.FindIndex(method.GetParameters(), p => p.ParameterType == typeof(CancellationToken));

        var returns = method.ReturnType;
        ReturnsValueTask = returns == typeof(ValueTask) || IsGeneric(returns, typeof(ValueTask<>));
        if (returns == typeof(Task) || returns == typeof(ValueTask))
        {
            _newCall = static (target, method, arguments) => new VoidGrainCall(target, method, arguments);
            if (ReturnsValueTask) _asTask = static value => ((ValueTask)value).AsTask();
            if (IsOneWay) OneWayReply = ReturnsValueTask ? ValueTask.CompletedTask : Task.CompletedTask;
        }
        else if (IsGeneric(returns, typeof(Task<>)) || ReturnsValueTask)
        {
            if (IsOneWay) throw Unsupported("results of [OneWay] methods");
            var result = (IResult)Activator.CreateInstance(typeof(Result<>).MakeGenericType(returns.GenericTypeArguments))!;
            _newCall = result.NewCall;
            if (ReturnsValueTask) _asTask = result.AsTask;
        }
        else
        {
            throw Unsupported($"methods that return {returns.Name} (return Task, Task<T>, ValueTask or ValueTask<T>)");
        }

        NotSupportedException Unsupported(string what) => new($"{Name}: the embedded engine does not support {what} in grain interfaces.");
    }

    internal MethodInfo Info { get; }

    /// <summary>Interface and method, as logs, traces and timeouts show it.</summary>
    internal string Name { get; }

    internal bool IsReadOnly { get; }

    internal bool AlwaysInterleave { get; }

    internal bool IsOneWay { get; }

    internal bool ReturnsValueTask { get; }

    internal TimeSpan? ResponseTimeout { get; }

    /// <summary>Where the CancellationToken stands among the parameters; negative without one.</summary>
    internal int TokenIndex { get; }

    internal object? OneWayReply { get; }

    internal GrainCall NewCall(GrainReference target, object?[] arguments) => _newCall(target, this, arguments);

    internal Task? Invoke(object grain, object?[] arguments)
    {
        var returned = _invoker.Invoke(grain, arguments.AsSpan());
        return _asTask is null || returned is null ? (Task?)returned : _asTask(returned);
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private interface IResult
    {
        GrainCall NewCall(GrainReference target, GrainMethod method, object?[] arguments);

        Task AsTask(object value);
    }

    private sealed class Result<T> : IResult
    {
        public GrainCall NewCall(GrainReference target, GrainMethod method, object?[] arguments) =>
            new ResultGrainCall<T>(target, method, arguments);

        public Task AsTask(object value) => ((ValueTask<T>)value).AsTask();
    }
}
