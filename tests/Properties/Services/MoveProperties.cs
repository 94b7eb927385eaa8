using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Services;
using OrleansCluster.Tests.Services;

namespace OrleansCluster.Tests.Properties.Services;

/// <summary>A service that moves its tasks by itself, among nodes that come, fill up and are taken out of service while it is updated, scaled and fails; the model holds each look against its limits.</summary>
public sealed class MoveProperties
{
    private const int LongEnough = 3_000;
    private const int TaskCpu = 100;

    private static Gen<(int Count, int Nodes, int? Budget, int Maximum, int[] Events)> Cases { get; } =
        from count in Gen.Choose(1, 12)
        from nodes in Gen.Choose(1, 5)
        from budget in Gen.Elements<int?>(null, 1, 3)
        from maximum in Gen.Choose(100, 200)
        from events in Gen.ArrayOf(Gen.Choose(0, 99), 40)
        select (count, nodes, budget, maximum, events);

    [Fact]
    public void Rebalance_WhateverHappens_EndsBalancedWithinItsLimits() => Check.ForAll(Cases, c =>
    {
        var configuration = new DeploymentConfiguration { MaximumPercent = c.Maximum, MinimumHealthyPercent = c.Maximum == 100 ? 0 : 50, MinimumHealthyTime = 2 };
        var spec = ServiceModel.Spec(c.Count, configuration) with { Rebalancing = new RebalancingSpec { Mode = RebalancingMode.Automatic, MaximumMoves = c.Budget } };
        if (ServiceLimits.Of(configuration, c.Count).IsStuck)
            return;
        var model = new ServiceModel(spec);
        var nodes = new List<string>(Enumerable.Range(0, c.Nodes).Select(i => $"n{i}"));
        model.PlaceOf = instance => nodes[instance.Number * 7 % nodes.Count];
        model.Cluster = () => [.. nodes.Select(node => Snapshot(node, model.Record.Instances.Count(instance => model.NodeOf(instance) == node)))];
        var revisions = 1;
        foreach (var happening in c.Events)
            Happen(model, nodes, happening, ref revisions);

        model.Unwell.Clear();
        model.IsUnplaceable = _ => false;

        // With nothing to go back to, a first deployment that has failed leaves what there is, until something is put again.
        if (model.Record is { Primary.IsGivenUp: true, Completed: 0 })
            model.Update($"web:{++revisions}");
        for (var i = 0; i < LongEnough && !IsBalanced(model, nodes); i++)
            model.Step();

        Assert.True(IsBalanced(model, nodes), $"{model}");
        Assert.Equal(model.Limits.Desired, model.Healthy);
        Assert.Equal(model.Limits.Desired, model.Record.Instances.Length);
    });

    /// <summary>Where one more than desired may run at all; otherwise nothing can be moved.</summary>
    private static bool IsBalanced(ServiceModel model, List<string> nodes)
    {
        if (model.Record.Primary.IsUnderWay || model.Healthy != model.Limits.Desired || model.Record.Instances.Length != model.Limits.Desired)
            return false;
        var counts = nodes.Select(node => model.Record.Instances.Count(instance => model.NodeOf(instance) == node)).ToList();
        return model.Limits.Maximum <= model.Limits.Desired || counts.Max() - counts.Min() <= 1 || model.Record.Instances.Any(instance => instance.ProtectedUntil > model.Now.AddDays(1));
    }

    private static void Happen(ServiceModel model, List<string> nodes, int happening, ref int revisions)
    {
        var wanted = model.Wanted.ToList();
        var one = wanted.Count == 0 ? null : wanted[happening % wanted.Count];
        switch (happening)
        {
            case < 4:
                model.Update($"web:{++revisions}");
                break;
            case < 10 when nodes.Count < 8:
                nodes.Add($"n{nodes.Count}");
                break;
            case < 14 when !ServiceLimits.Of(model.Record.Spec.DeploymentConfiguration, happening).IsStuck:
                model.Scale(happening);
                break;
            case < 22 when one is not null:
                model.Fail(one.Number);
                break;
            case < 28 when one is not null:
                model.Leave(one.Number);
                break;
            case < 34 when one is not null:
                model.Unwell.Add(one.Number);
                break;
            case < 38 when one is not null:
                model.Protect(one.Slot, TimeSpan.FromSeconds(happening));
                break;
            case < 46:
                model.IsUnplaceable = instance => instance.MovedFrom is not null && happening % 2 == 0;
                break;
            default:
                model.Steps(happening % 30);
                break;
        }
    }

    private static NodeSnapshot Snapshot(string name, int tasks) => new()
    {
        Name = name,
        ETag = 1,
        Status = NodeStatus.Active,
        Capacity = new Resources(TaskCpu * 100, 4096, 0),
        Claimed = new Resources(TaskCpu * tasks, 32 * tasks, 0),
    };
}
