using FsCheck;
using FsCheck.Fluent;

namespace OrleansCluster.Tests.Properties;

/// <summary>Runs a property over many cases. A failure prints the smallest case found and the seed that replays it.</summary>
internal static class Check
{
    private const int Cases = 500;

    public static void ForAll<T>(Gen<T> cases, Action<T> property) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(cases.ToArbitrary(), property));
}
