using OrleansCluster.Embedded;

namespace OrleansCluster.Testing.Silos;

/// <summary>Makes messages of the calls of one silo's grains that go to grains of another.</summary>
internal sealed class CallRouter(SimulatedCluster cluster, SimulatedSilo here) : ICallRouter
{
    /// <summary>How often a call is sent on that arrives where its grain is no longer.</summary>
    private const int MostHops = 3;

    public void Route(GrainCall call)
    {
        var target = call.Target;
        var silo = cluster.Directory.Resolve(here, target.Id, target.Class.Implementation);
        if (silo == here.Id)
        {
            call.DeliverHere();
            return;
        }

        var message = new Message(cluster, here, call);
        if (silo is null)
            cluster.World.Trace.Add($"{here.Id} reaches nobody for {target.Id}");
        else
            message.Send(here, silo, MostHops);
    }

    /// <summary>One call on its way. It may arrive twice; the first answer counts.</summary>
    private sealed class Message(SimulatedCluster cluster, SimulatedSilo caller, GrainCall call)
    {
        public void Send(SimulatedSilo from, string to, int hops)
        {
            if (cluster.Membership.Find(to) is { } silo)
                cluster.Network.Send(from, silo, call.Name, () => Arrive(silo, hops), () => Refuse(silo));
        }

        private void Arrive(SimulatedSilo silo, int hops)
        {
            var grain = call.Target.Id;
            if (!cluster.Directory.IsAt(grain, silo))
            {
                var next = cluster.Directory.Resolve(silo, grain, call.Target.Class.Implementation);
                if (next is not null && next != silo.Id)
                {
                    if (hops > 0)
                        Send(silo, next, hops - 1);
                    return;
                }
            }

            Deliver(silo);
        }

        private void Deliver(SimulatedSilo silo)
        {
            var cancellation = new CancellationTokenSource();
            var arrived = silo.Engine.Receive(call, WithToken(cancellation.Token));
            call.Abandoned += () => cluster.Network.Send(caller, silo, "cancel", () => silo.Process.Run(() => Cancel(cancellation)), () => { });
            arrived.Outcome.ContinueWith(
                _ => cluster.Network.Send(silo, caller, $"answer to {call.Name}", () => call.Answer(arrived.Outcome), () => { }),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                cluster.World.Scheduler);
            silo.Process.Run(() =>
            {
                arrived.Arrive(cancellation.Token);
                return Task.CompletedTask;
            });
        }

        /// <summary>The connection is broken and the caller's silo notices: often, but not always.</summary>
        private void Refuse(SimulatedSilo silo)
        {
            if (cluster.World.Random.Chance(0.5))
                call.Fail(new SiloUnavailableException($"{silo.Id} does not answer."));
        }

        private object?[] WithToken(CancellationToken token)
        {
            var arguments = (object?[])call.Arguments.Clone();
            if (call.Method.TokenIndex >= 0)
                arguments[call.Method.TokenIndex] = token;
            return arguments;
        }

        private static Task Cancel(CancellationTokenSource cancellation)
        {
            cancellation.Cancel();
            return Task.CompletedTask;
        }
    }
}
