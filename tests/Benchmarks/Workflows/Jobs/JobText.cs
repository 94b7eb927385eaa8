using System.Text;
using System.Text.Json;

namespace OrleansCluster.Benchmarks.Workflows.Jobs;

/// <summary>A job of sleeps as a file that <c>ocs job submit</c> takes: YAML, with only what is not the standard.</summary>
internal static class JobText
{
    /// <param name="remark">A line above it.</param>
    public static string Of(JobSpec job, string remark)
    {
        var text = new StringBuilder();
        text.Append("# ").AppendLine(remark.ReplaceLineEndings(" ")).Append("name: ").AppendLine(job.Name).AppendLine("tasks:");
        foreach (var task in job.Tasks)
        {
            text.Append("  - name: ").AppendLine(task.Name);
            if (!task.DependsOn.IsEmpty)
                text.Append("    dependsOn: [").AppendJoin(", ", task.DependsOn).AppendLine("]");
            text.Append("    network: ").AppendLine(task.Network.ToString().ToUpperInvariant()).AppendLine("    containers:");
            foreach (var container in task.Containers)
                Append(text, container);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ContainerSpec container) => text
        .Append("      - name: ").AppendLine(container.Name)
        .Append("        image: ").AppendLine(Quoted(container.Image))
        .Append("        command: [").AppendJoin(", ", container.Command.Select(Quoted)).AppendLine("]")
        .Append("        resources: { cpu: ").Append(container.Resources.Cpu).Append(", memory: ").Append(container.Resources.Memory).AppendLine(" }");

    /// <summary>A string of JSON is one of YAML.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
