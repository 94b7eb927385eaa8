namespace OrleansCluster.Tests.Engine.Conformity.Samples.Theirs;

#pragma warning disable CS1591, CA1051, CA1822, IDE0060, CA1813

public class Same
{
    public Task<T> Method<T>(string name, int count = 3, params string[] rest) where T : class, IDisposable =>
        throw new NotSupportedException();
}

public class Fewer
{
    public void One() { }

    public void Two() { }
}

public class ParameterName { public void Method(string name) { } }

public class ParameterType { public void Method(string name) { } }

public class ParameterDefault { public void Method(int count = 3) { } }

public class NoDefault { public void Method(int count = 3) { } }

public class ReturnType { public Task Method() => Task.CompletedTask; }

public class ExtraMember { }

public class ExtraConstructor { }

public class MethodConstraint { public void Method<T>() where T : class { } }

public interface Abstractness { void Method() { } }

public class Access { public void Method() { } }

public class InitInsteadOfSet { public int Value { get; set; } }

public class Required { public required int Value { get; set; } }

public class Statics { public static void Method() { } }

public class FieldType { public int Value; }

public enum EnumValue { None, One }

public class Kind { }

public class BaseType : ArgumentException { }

public class Sealing { }

public enum EnumSize : byte { None }

public class TypeConstraint<T> where T : class { }

[AttributeUsage(AttributeTargets.Class)]
public class UsageTargets : Attribute { }

[AttributeUsage(AttributeTargets.Class)]
public class UsageMultiple : Attribute { }

public class ExtraInterface { }
