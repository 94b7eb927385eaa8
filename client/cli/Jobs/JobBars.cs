using OrleansCluster.Cli.Output;
using Spectre.Console;

namespace OrleansCluster.Cli.Jobs;

/// <summary>A bar for each named task, filled by its ended instances.</summary>
internal sealed class JobBars(IAnsiConsole console)
{
    public async Task<JobView> ShowAsync(IAsyncEnumerable<JobView> views)
    {
        JobView? last = null;
        await console.Progress()
            .HideCompleted(false)
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 })
            .StartAsync(async progress =>
            {
                var bars = new Dictionary<string, ProgressTask>();
                await foreach (var view in views)
                {
                    last = view;
                    foreach (var task in view.Tasks)
                        Update(progress, bars, task);
                }
            });
        return last ?? throw new InvalidOperationException("A watch gives the job at least once.");
    }

    private static void Update(ProgressContext progress, Dictionary<string, ProgressTask> bars, JobTaskView task)
    {
        if (!bars.TryGetValue(task.Name, out var bar))
            bars[task.Name] = bar = progress.AddTask(task.Name, maxValue: task.Count);
        bar.Description = Markup.Escape(Plain.Line($"{task.Name}  {JobText.Of(task)}"));
        bar.Value = task.Succeeded + task.Failed;
    }
}
