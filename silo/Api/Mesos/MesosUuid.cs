using System.Security.Cryptography;
using System.Text;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>What Mesos's clients acknowledge an update by: 16 bytes in base64, made of the task and its state, so that the same update has the same one whenever and by whichever silo it is told.</summary>
internal static class MesosUuid
{
    private const int Length = 16;

    public static string Of(string task, TaskState state) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{state}\n{task}")).AsSpan(0, Length));

    /// <summary>The state that it acknowledges; <see langword="null"/> for one that was not made here.</summary>
    public static TaskState? StateOf(string task, string uuid)
    {
        foreach (var state in (TaskState[])[TaskState.Running, TaskState.Stopped])
        {
            if (Of(task, state) == uuid)
                return state;
        }

        return null;
    }
}
