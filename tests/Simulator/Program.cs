using OrleansCluster.Simulator;
using OrleansCluster.Testing;

var from = args.Length > 0 ? ulong.Parse(args[0]) : 1;
var count = args.Length > 1 ? int.Parse(args[1]) : 1;
var total = new FaultCounts();
for (var seed = from; seed < from + (ulong)count; seed++)
{
    try
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = Simulation.Run(seed, args.Length > 2 ? Console.WriteLine : null);
        total.Add(result.Faults);
        Console.WriteLine($"seed {seed} ok {result.Time} hash {result.Hash:x16} events {result.Events} jobs {result.Jobs} tasks {result.Tasks} {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:F0} ms");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"seed {seed} FAILED {exception}");
    }
}

foreach (var kind in Enum.GetValues<FaultKind>())
    Console.WriteLine($"{kind,-20} {total[kind]}");
