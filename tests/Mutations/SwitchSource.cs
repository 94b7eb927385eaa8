namespace OrleansCluster.Mutations;

/// <summary>The class that tells, in the copy, which mutation is on. It lives in the assembly below all mutated ones.</summary>
internal static class SwitchSource
{
    public const string Path = "grain-interfaces/MutationSwitch.cs";
    public const string FullName = "OrleansCluster.Mutations.MutationSwitch";
    public const string Variable = "OCS_MUTATION";

    public const string Text = $$"""
        namespace OrleansCluster.Mutations;

        public static class MutationSwitch
        {
            private static readonly string? _on = System.Environment.GetEnvironmentVariable("{{Variable}}");

            public static bool IsOn(string name) => _on == name;
        }
        """;
}
