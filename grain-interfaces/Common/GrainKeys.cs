namespace OrleansCluster;

/// <summary>
/// The one place that spells grain keys. Each begins with a word and a slash, because Orleans's AdoNet storage takes keys that look like
/// hexadecimal numbers for integers.
/// </summary>
public static class GrainKeys
{
    public static string Cluster(string cluster) => $"cluster/{cluster}";
    public static string Node(string cluster, string node) => $"node/{cluster}/{node}";
    public static string NodeDrain(string cluster, string node) => $"drain/{cluster}/{node}";
    public static string Schedule(string cluster, string schedule) => $"schedule/{cluster}/{schedule}";
    public static string Service(string cluster, string service) => $"service/{cluster}/{service}";
    public static string Framework(string cluster, string framework) => $"framework/{cluster}/{framework}";
    public static string Offers(string cluster) => $"offers/{cluster}";
    public static string Job(string cluster, string jobId) => $"job/{cluster}/{jobId}";
    public static string Task(string cluster, string taskId) => $"task/{cluster}/{taskId}";
    public static string TaskDefinition(string family) => $"definition/{family}";
    public static string Scheduler(string cluster, string scheduler) => $"scheduler/{cluster}/{scheduler}";
    public static string Silo(string silo) => $"silo/{silo}";
    public static string Events(string cluster) => $"events/{cluster}";
    public static string Recovery(string cluster) => $"recovery/{cluster}";

    /// <summary>Splits a key into what follows its first word: (<c>cluster</c>, <c>name</c>), where the name is empty for keys of one part.</summary>
    public static (string Cluster, string Name) Split(string key)
    {
        var parts = key.Split('/', 3);
        return (parts[1], parts.Length > 2 ? parts[2] : "");
    }
}
