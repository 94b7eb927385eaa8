using OrleansCluster.Files;

namespace OrleansCluster.Cli.Runs;

/// <summary>Names the arguments that the cluster's faults are about: its pointers are into a job that the user has not written.</summary>
internal static class RunFaults
{
    private const string OfImage = "/tasks/0/containers/0";
    private const string OfOverride = "/tasks/0/overrides/0";

    private static readonly (string Pointer, string Argument)[] _arguments =
    [
        ("/name", "--name"),
        ("/team", "--team"),
        ("/priority", "--priority"),
        ("/tasks/0/count", "--count"),
        ("/tasks/0/definition", "--definition"),
        ($"{OfImage}/image", "IMAGE"),
        ($"{OfImage}/command", "COMMAND"),
        ($"{OfOverride}/command", "COMMAND"),
        ($"{OfImage}/environment", "--env"),
        ($"{OfOverride}/environment", "--env"),
        ($"{OfImage}/resources/cpu", "--cpu"),
        ($"{OfOverride}/cpu", "--cpu"),
        ($"{OfImage}/resources/memory", "--memory"),
        ($"{OfOverride}/memory", "--memory"),
        ($"{OfOverride}/name", "--container"),
    ];

    public static LocatedFault Locate(Fault fault)
    {
        var argument = _arguments.FirstOrDefault(a => fault.Path.StartsWith(a.Pointer, StringComparison.Ordinal)).Argument;
        return new LocatedFault { Path = argument ?? fault.Path, Message = fault.Message };
    }
}
