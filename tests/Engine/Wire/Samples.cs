using System.Collections;
using System.Globalization;
using System.Reflection;

namespace OrleansCluster.Tests.Engine.Wire;

/// <summary>Makes instances in which every property holds a value of its own, so that one lost on the way is missed.</summary>
internal sealed class Samples
{
    private int _number;

    public object Of(Type type)
    {
        var number = ++_number;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(string))
            return $"text {number}";
        if (type == typeof(bool))
            return true;
        if (type == typeof(TimeSpan))
            return TimeSpan.FromSeconds(number);
        if (type == typeof(decimal))
            return number + 0.25m;
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch.AddMinutes(number).ToOffset(TimeSpan.FromHours(1));
        if (type.IsPrimitive)
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        return type.IsAssignableTo(typeof(IEnumerable)) ? ManyOf(type) : RecordOf(type);
    }

    /// <summary>All public properties, written out: records of collections are equal only if they share them.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IFormattable plain => plain.ToString(plain is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture),
        bool flag => $"{flag}",
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Describe))}]",
        _ => $"{value.GetType().Name} {{ {string.Join(", ", value.GetType().GetProperties(Public).Select(p => $"{p.Name} = {Describe(p.GetValue(value))}"))} }}",
    };

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>An immutable collection of two, made by the Create methods of its non-generic companion.</summary>
    private object ManyOf(Type type)
    {
        var arguments = type.GetGenericArguments();
        var empty = type.GetField("Empty")!.GetValue(null)!;
        var add = type.GetMethods(Public).Single(m => m.Name == "Add" && m.GetParameters().Length == arguments.Length);
        for (var i = 0; i < 2; i++)
            empty = add.Invoke(empty, [.. arguments.Select(Of)])!;
        return empty;
    }

    private object RecordOf(Type type)
    {
        var constructor = type.GetConstructors().Where(c => c.GetParameters().All(p => p.ParameterType != type)).OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        var record = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);
        foreach (var property in type.GetProperties(Public).Where(p => p.CanWrite))
            property.SetValue(record, Of(property.PropertyType));
        return record;
    }
}
