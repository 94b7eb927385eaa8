using System.Globalization;

namespace OrleansCluster;

/// <summary>Spells task ids: <c>job.name.index</c>. The parts hold no dots, so they can be read back.</summary>
public static class TaskId
{
    public static string Of(string jobId, string name, int index) => $"{jobId}.{name}.{index}";

    /// <summary>Reads an id back; false where it is none.</summary>
    public static bool TryParse(string taskId, out string jobId, out string name, out int index)
    {
        (jobId, name, index) = ("", "", -1);
        if (taskId.Split('.') is not [{ Length: > 0 } job, { Length: > 0 } task, var number])
            return false;
        (jobId, name) = (job, task);

        // Spelt in one way only: 07 would be another grain than 7.
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out index) && Of(job, task, index) == taskId;
    }

    /// <summary>The gang that all instances of a name are, where they are one.</summary>
    public static string GangOf(string jobId, string name) => $"{jobId}.{name}";

    public static string JobOf(string taskId) => taskId[..taskId.IndexOf('.')];
}
