namespace OrleansCluster.Tests.Engine.Conformity.Samples.Ours;

#pragma warning disable CS1591, CA1051, CA1822, IDE0060, CA1813

public class Same
{
    public Task<TOther> Method<TOther>(string name, int count = 3, params string[] rest) where TOther : class, IDisposable =>
        throw new NotSupportedException();
}

public class Fewer { public void One() { } }

public class ParameterName { public void Method(string title) { } }

public class ParameterType { public void Method(object name) { } }

public class ParameterDefault { public void Method(int count = 4) { } }

public class NoDefault { public void Method(int count) { } }

public class ReturnType { public Task<int> Method() => Task.FromResult(1); }

public class ExtraMember { public void Method() { } }

public class ExtraConstructor
{
    public ExtraConstructor() { }

    public ExtraConstructor(int count) { }
}

public class MethodConstraint { public void Method<T>() where T : struct { } }

public interface Abstractness { void Method(); }

public class Access { protected void Method() { } }

public class InitInsteadOfSet { public int Value { get; init; } }

public class Required { public int Value { get; set; } }

public class Statics { public void Method() { } }

public class FieldType { public long Value; }

public enum EnumValue { None, One = 2 }

public struct Kind { }

public class BaseType : InvalidOperationException { }

public sealed class Sealing { }

public enum EnumSize { None }

public class TypeConstraint<T> { }

[AttributeUsage(AttributeTargets.Method)]
public class UsageTargets : Attribute { }

[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class UsageMultiple : Attribute { }

public class ExtraInterface : IDisposable
{
    void IDisposable.Dispose() => GC.SuppressFinalize(this);
}
