using OrleansCluster.Cli.Output;
using Spectre.Console;

namespace OrleansCluster.Cli.Services;

/// <summary>A bar that healthy tasks of the new revision fill, and one that those of others empty.</summary>
internal sealed class DeploymentBars(IAnsiConsole console, int number)
{
    public async Task<ServiceView> ShowAsync(IAsyncEnumerable<ServiceView> views)
    {
        ServiceView? last = null;
        await console.Progress()
            .HideCompleted(false)
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 })
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask($"deployment {number}");
                ProgressTask? others = null;
                await foreach (var view in views)
                {
                    last = view;
                    if (view.Deployments.FirstOrDefault(deployment => deployment.Number == number) is not { } deployment) continue;
                    (bar.MaxValue, bar.Value) = (Math.Max(1, view.Desired), view.Desired == 0 ? 1 : Math.Min(deployment.Healthy, view.Desired));
                    bar.Description = Markup.Escape(Plain.Line(DeploymentText.Of(deployment, view)));
                    var before = view.Tasks.Count(task => task.Revision != deployment.Revision);
                    if (others is null && before > 0) others = progress.AddTask("revisions before", maxValue: before);
                    if (others is null) continue;
                    others.MaxValue = Math.Max(others.MaxValue, before);
                    others.Value = others.MaxValue - before;
                }
            });
        return last ?? throw new InvalidOperationException("A watch gives the service at least once.");
    }
}
