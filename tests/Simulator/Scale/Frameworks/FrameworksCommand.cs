using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace OrleansCluster.Simulator.Scale.Frameworks;

internal static class FrameworksCommand
{
    private const int CompareHosts = 100;
    private const int CompareTasks = 8_000;
    private const double CompareLoad = 0.8;
    private static readonly double[] _decisions = [0.01, 0.1, 1, 5, 10];

    public static Command Create()
    {
        var hosts = new Option<int>("--hosts") { Description = "Machines of 4 cores and 16 GB", DefaultValueFactory = _ => 1_000 };
        var tasks = new Option<int>("--tasks") { Description = "Tasks of one core, 5 to 15 s long, dealt out among all who place", DefaultValueFactory = _ => 100_000 };
        var compare = new Option<bool>("--compare") { Description = $"Instead: four frameworks by the shared state, then four by offers, on {CompareHosts} machines at a load of 80 %, with short and long decisions" };
        var json = new Option<bool>("--json") { Description = "End with one JSON object, or array" };
        var command = new Command(
            "frameworks",
            """
            Two frameworks by offers, two by the shared state and our own two schedulers on one cluster, in virtual time: until all tasks have ended.

            Examples:
              infra/simulate frameworks                 100,000 tasks on 1,000 nodes
              infra/simulate frameworks --compare       shared state beside offers; as infra/bench frameworks
            """)
        {
            hosts, tasks, compare, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            List<FrameworksResult> results = [];
            if (!parsed.GetValue(compare))
                results.Add(await FrameworksSimulation.Run(new FrameworksSettings(parsed.GetValue(hosts), parsed.GetValue(tasks), ByState: 2, ByOffers: 2, WithOwn: true, TimeSpan.FromMilliseconds(100), Load: null), Console.Error));
            foreach (var decision in parsed.GetValue(compare) ? _decisions : [])
            {
                foreach (var (byState, byOffers) in new[] { (4, 0), (0, 4) })
                    results.Add(await FrameworksSimulation.Run(new FrameworksSettings(CompareHosts, CompareTasks, byState, byOffers, WithOwn: false, TimeSpan.FromSeconds(decision), CompareLoad), Console.Error));
            }

            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(results, JsonSerializerOptions.Web) : Describe(results));
            return 0;
        });
        return command;
    }

    private static string Describe(List<FrameworksResult> results) => string.Join(
        Environment.NewLine,
        results.Select(result => string.Create(
            CultureInfo.InvariantCulture,
            $"{WhoOf(result),-42} decisions {result.Decision,5:F2} s: {result.Tasks} tasks on {result.Hosts} nodes in {result.Makespan:F0} s of virtual time, utilisation {result.Utilisation * 100:F1} %, wait {result.MeanWait:F2} s (99 %: {result.LongWait:F2} s), {result.Launches} launches, {result.Conflicts} conflicts, {result.Declined} declined offers, {result.Preempted} preempted; {result.Seconds:F0} s of real time")));

    private static string WhoOf(FrameworksResult result) => (result.ByState, result.ByOffers, result.WithOwn) switch
    {
        (var state, 0, false) => $"{state} by the shared state",
        (0, var offers, false) => $"{offers} by offers",
        var (state, offers, _) => $"{state} by the shared state, {offers} by offers, ours",
    };
}
