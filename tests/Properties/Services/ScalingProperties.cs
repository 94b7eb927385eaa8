using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Services.Autoscaling;
using OrleansCluster.Tests.Services;

namespace OrleansCluster.Tests.Properties.Services;

/// <summary>What the autoscaler promises, whatever the metrics do.</summary>
public sealed class ScalingProperties
{
    private static Gen<ScalingPolicy> Policies { get; } =
        from kind in Gen.Choose(0, 3)
        from target in Gen.Choose(1, 200)
        from scaleOut in Gen.Choose(0, 120)
        from scaleIn in Gen.Choose(0, 300)
        from isOutOnly in Gen.Elements(true, false, false, false)
        select new ScalingPolicy
        {
            Metric = kind switch { 0 => "cpu", 1 => "memory", 2 => "queue", _ => "latency" },
            Target = target,
            PerTask = kind == 2,
            ScaleOutCooldown = scaleOut,
            ScaleInCooldown = scaleIn,
            DisableScaleIn = isOutOnly,
        };

    private static Gen<AutoscalingSpec> Specs { get; } =
        from minimum in Gen.Choose(0, 5)
        from more in Gen.Choose(0, 30)
        from count in Gen.Choose(1, 3)
        from policies in Gen.ArrayOf(Policies, count)
        select new AutoscalingSpec { Minimum = minimum, Maximum = minimum + more, Policies = [.. policies] };

    private static Gen<Moment> Moments { get; } =
        from seconds in Gen.Choose(1, 90)
        from known in Gen.Choose(0, 15)
        from value in Gen.Choose(0, 1000)
        from running in Gen.Choose(0, 40)
        from team in Gen.Elements<int?>(null, null, null, 0, 3, 12)
        from isDeploying in Gen.Elements(true, false, false, false)
        select new Moment(seconds, known, value, running, team, isDeploying);

    private static Gen<Case> Cases { get; } =
        from spec in Specs
        from desired in Gen.Choose(0, 40)
        from moments in Gen.ArrayOf(Moments, 40)
        select new Case(spec, desired, moments);

    [Fact]
    public void Decide_WhateverHappens_KeepsToBoundsCooldownsAndTheTeam() => Check.ForAll(Cases, c =>
    {
        var model = new ScalingModel(c.Spec, c.Desired);
        foreach (var moment in c.Moments)
        {
            model.Pass(TimeSpan.FromSeconds(moment.Seconds));
            (model.MostOfTeam, model.IsDeploying) = (moment.Team, moment.IsDeploying);
            var metrics = moment.Metrics(model.Now);
            var decision = model.Look(metrics, moment.Running);
            var (from, to, before) = model.Change;
            var what = $"{from} -> {to} at {model.Now:T} by {moment}, last {before}: {decision}";

            Assert.True(to >= c.Spec.Minimum && to <= c.Spec.Maximum, what);
            Assert.True((decision.Reason is not null) == (to != from), what);
            if (from < c.Spec.Minimum || from > c.Spec.Maximum)
                continue;
            if (to > from)
            {
                Assert.True(moment.Team is not { } most || to <= most, what);
                Assert.True(before.LastOut is not { } last || c.Spec.Policies.Any(policy => Knows(policy, metrics) && last.AddSeconds(policy.ScaleOutCooldown) <= model.Now), what);
            }
            else if (to < from)
            {
                Assert.False(moment.IsDeploying, what);
                var scaling = c.Spec.Policies.Where(policy => !policy.DisableScaleIn).ToList();
                Assert.True(scaling.Count > 0 && scaling.TrueForAll(policy => Knows(policy, metrics)), what);
                Assert.True(before.LastChange is not { } last || last.AddSeconds(scaling.Max(policy => policy.ScaleInCooldown)) <= model.Now, what);
            }
        }
    });

    [Fact]
    public void Decide_NothingKnown_ScalesNothing() => Check.ForAll(Cases, c =>
    {
        var model = new ScalingModel(c.Spec, Math.Clamp(c.Desired, c.Spec.Minimum, c.Spec.Maximum));
        var before = model.Desired;
        foreach (var moment in c.Moments)
        {
            model.Pass(TimeSpan.FromSeconds(moment.Seconds));
            model.Look(ImmutableDictionary<string, MetricReading>.Empty, moment.Running);
            Assert.Equal(before, model.Desired);
        }
    });

    [Fact]
    public void Decide_MoreLoad_NeverWantsFewerTasks() => Check.ForAll(
        from c in Cases
        from moment in Moments
        from more in Gen.Choose(0, 500)
        select (c, moment, more),
        x =>
        {
            var model = new ScalingModel(x.c.Spec, x.c.Desired);
            var (less, more) = (x.moment with { Known = 15 }, x.moment with { Known = 15, Value = x.moment.Value + x.more });
            Assert.True(CountOf(model, less) <= CountOf(model, more), $"{CountOf(model, less)} at {less}, {CountOf(model, more)} at {more}, for {x.c}");
        });

    /// <summary>A load that stays as it is, and an app of which each task takes its share: it comes to what is needed, never leaves that again, and never goes to and fro.</summary>
    [Fact]
    public void Decide_SteadyLoadOfALinearApp_ComesToRestWithoutGoingToAndFro() => Check.ForAll(
        from target in Gen.Choose(10, 90)
        from load in Gen.Choose(0, 3000)
        from first in Gen.Choose(1, 40)
        from scaleOut in Gen.Choose(0, 120)
        from scaleIn in Gen.Choose(0, 300)
        from slow in Gen.Choose(0, 90)
        from kind in Gen.Choose(0, 2)
        select (target, load, first, scaleOut, scaleIn, slow, kind),
        x =>
        {
            var policy = new ScalingPolicy { Metric = x.kind == 0 ? "cpu" : "app", PerTask = x.kind == 1, Target = x.target, ScaleOutCooldown = x.scaleOut, ScaleInCooldown = x.scaleIn };
            var model = new ScalingModel(new AutoscalingSpec { Minimum = 1, Maximum = 40, Policies = [policy] }, x.first);
            var started = Enumerable.Repeat(model.Now.AddDays(-1), x.first).ToList();
            var directions = new List<int>();
            for (var i = 0; i < 400; i++)
            {
                model.Pass(TimeSpan.FromSeconds(15));
                var running = started.Count(at => at.AddSeconds(x.slow) <= model.Now);
                model.Look(LinearApp(x.kind, x.load, running, model.Now), running);
                if (model.Change.To != model.Change.From)
                    directions.Add(Math.Sign(model.Change.To - model.Change.From));
                while (started.Count < model.Desired)
                    started.Add(model.Now);
                if (started.Count > model.Desired)
                    started.RemoveRange(model.Desired, started.Count - model.Desired);
            }

            var needed = Math.Clamp((int)Math.Ceiling((double)x.load / x.target), 1, 40);
            var enough = Math.Clamp((int)Math.Ceiling(x.load / (0.9 * x.target)), 1, 40);
            Assert.InRange(model.Desired, needed, Math.Max(enough, Math.Min(x.first, enough)));
            Assert.True(directions.Distinct().Count() <= 1, $"it went {string.Join(' ', directions)} with {x}");
            Assert.True(model.Now - (model.Last.LastChange ?? model.Now.AddDays(-1)) > TimeSpan.FromMinutes(30), $"it changed at {model.Last.LastChange} still, with {x}");
        });

    private static Dictionary<string, MetricReading> LinearApp(int kind, int load, int running, DateTimeOffset now) => kind switch
    {
        1 => new() { ["app"] = new MetricReading(load, now, 0) },
        _ when running == 0 => [],
        0 => new() { ["cpu"] = new MetricReading(Math.Min(100, (double)load / running), now, running) },
        _ => new() { ["app"] = new MetricReading((double)load / running, now, 0) },
    };

    private static int CountOf(ScalingModel model, Moment moment)
    {
        var sight = model.SightOf(moment.Metrics(model.Now), moment.Running);
        var wants = Autoscaler.Wants(sight);
        return Autoscaler.Decide(sight, wants, Autoscaler.Fewest(wants)).Desired;
    }

    private static bool Knows(ScalingPolicy policy, IReadOnlyDictionary<string, MetricReading> metrics) => metrics.ContainsKey(policy.Metric);

    /// <param name="Known">Bits: of which metrics there is data.</param>
    private sealed record Moment(int Seconds, int Known, int Value, int Running, int? Team, bool IsDeploying)
    {
        public Dictionary<string, MetricReading> Metrics(DateTimeOffset now)
        {
            string[] names = ["cpu", "memory", "queue", "latency"];
            var tasks = Math.Max(1, Running);
            return names.Where((_, i) => (Known >> i & 1) == 1).ToDictionary(name => name, name => new MetricReading(Value, now, ScalingPolicy.IsMeasured(name) ? tasks : 0));
        }
    }

    private sealed record Case(AutoscalingSpec Spec, int Desired, Moment[] Moments)
    {
        public override string ToString() => $"{Spec.Minimum} to {Spec.Maximum}, from {Desired}, [{string.Join(", ", Spec.Policies)}], [{string.Join(", ", Moments.AsEnumerable())}]";
    }
}
