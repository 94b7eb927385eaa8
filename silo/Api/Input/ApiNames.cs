using System.Text.RegularExpressions;

namespace OrleansCluster.Silo.Api.Input;

/// <summary>
/// What may become part of a grain's key. Whatever else a caller asks for cannot exist, and must not activate a grain.
/// </summary>
internal static partial class ApiNames
{
    public const string DefaultCluster = "default";

    public static bool IsCluster(string text) => text.Length <= 63 && Name().IsMatch(text);

    public static bool IsSchedule(string text) => IsCluster(text);

    public static bool IsService(string text) => IsCluster(text);

    public static bool IsNode(string text) => text.Length <= 253 && HostName().IsMatch(text);

    public static bool IsJob(string text) => text.Length <= 128 && Name().IsMatch(text);

    public static bool IsFamily(string text) => text.Length <= 128 && Name().IsMatch(text);

    public static bool IsFramework(string text) => IsCluster(text);

    public static bool IsTask(string text) => (text.Length <= 256 && Task().IsMatch(text)) || (text.Length <= 330 && FrameworkTask().IsMatch(text));

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]*\z")]
    private static partial Regex HostName();

    /// <summary><c>framework._name.0</c>.</summary>
    [GeneratedRegex(@"\A[a-z][a-z0-9-]*\._[A-Za-z0-9_-]+\.0\z")]
    private static partial Regex FrameworkTask();

    /// <summary><c>job.name.index</c> or <c>service.slot.number</c>.</summary>
    [GeneratedRegex(@"\A[a-z][a-z0-9-]*\.([a-z][a-z0-9-]*\.(0|[1-9][0-9]{0,4})|(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,9}))\z")]
    private static partial Regex Task();
}
