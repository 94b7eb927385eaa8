using System.Text.Json;
using OrleansCluster.Benchmarks.Figures;

namespace OrleansCluster.Benchmarks.Workflows.Format;

/// <summary>Reads a workflow in WfFormat (wfcommons/WfFormat): its tasks, what each took, and the machines it ran on.</summary>
internal sealed class WfFile
{
    public const string Version = "1.5";
    private const long LargestFile = 1L << 30;

    private readonly FileInfo _file;
    private readonly List<string> _notes = [];

    private WfFile(FileInfo file)
    {
        _file = file;
        Faults = new InputFaults($"{file} cannot be used");
    }

    public InputFaults Faults { get; }

    /// <summary>What is missing in it, and what is taken instead.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary><see langword="null"/> where there are faults.</summary>
    public Workflow? Workflow { get; private set; }

    public static async Task<WfFile> Read(FileInfo file, CancellationToken cancellationToken)
    {
        var read = new WfFile(file);
        try
        {
            if (file.Exists && file.Length > LargestFile)
            {
                read.Faults.Add($"it has {file.Length} bytes: expected {LargestFile} at most");
                return read;
            }

            await using var stream = file.OpenRead();
            using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken);
            var workflow = read.Parse(new WfValue(document.RootElement, "", read.Faults));
            read.Workflow = read.Faults.Count == 0 ? workflow : null;
        }
        catch (JsonException exception)
        {
            read.Faults.Add($"it is not JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            read.Faults.Add(exception.Message);
        }

        return read;
    }

    private Workflow? Parse(WfValue root)
    {
        if (root.Json.ValueKind != JsonValueKind.Object)
        {
            root.Fault("expected an object");
            return null;
        }

        if (root.Text("schemaVersion") is { } version && version != Version)
            root.Fault($"schemaVersion '{version}' found; expected {Version}, to which wfcommons-migrate-instance.py brings older files");
        if (root.Required("workflow")?.Required("specification") is not { } specification)
            return null;

        var tasks = WfSpecification.Read(specification);
        var execution = WfExecution.Read(root.Member("workflow")?.Member("execution"), tasks, _notes);
        return new Workflow(
            root.Text("name") ?? Path.GetFileNameWithoutExtension(_file.Name),
            [.. tasks.Items.Select((task, index) => new WorkflowTask(task.Id, execution.Runtimes[index], execution.Cores[index], tasks.Parents[index]))],
            execution.Machines,
            execution.PublishedSeconds);
    }
}
