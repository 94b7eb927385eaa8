using System.Globalization;

namespace OrleansCluster;

/// <summary>
/// Spells task ids: <c>job.name.index</c>, and for tasks of services <c>service.slot.number</c>, and of frameworks <c>framework._name.0</c>. The parts hold no dots, so they can be read back; names begin with a
/// letter, so no task of a job looks like one of a service.
/// </summary>
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

    /// <summary>The task of a service in one of its slots; numbers are never used again.</summary>
    public static string OfService(string service, int slot, int number) => string.Create(CultureInfo.InvariantCulture, $"{service}.{slot}.{number}");

    /// <summary>Whether it is a service's task.</summary>
    public static bool IsOfService(string taskId) => taskId.IndexOf('.') is >= 0 and var dot && dot + 1 < taskId.Length && char.IsAsciiDigit(taskId[dot + 1]);

    /// <summary>The name in an id of a framework's task: its own spelling of it may have letters that an id has not. They are spelt as an underscore and four hexadecimal digits.</summary>
    public static string NameOfFrameworkTask(string name) =>
        $"_{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"_{(int)c:x4}")))}";

    /// <summary>The task of a framework: names begin with an underscore.</summary>
    public static string OfFramework(string framework, string name) => Of(framework, NameOfFrameworkTask(name), 0);

    /// <summary>Whether it is a framework's task.</summary>
    public static bool IsOfFramework(string taskId) => taskId.IndexOf('.') is >= 0 and var dot && dot + 1 < taskId.Length && taskId[dot + 1] == '_';

    /// <summary>The job of a task, or its service or framework.</summary>
    public static string JobOf(string taskId) => taskId[..taskId.IndexOf('.')];
}
