using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Benchmarks.Figures;
using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Place;

/// <summary>Batches of a scheduler's size, each decided on a copy of the same cluster, as a scheduler does; the copies are in the figure.</summary>
internal static class PlaceBenchmark
{
    private static readonly TimeSpan _roundLength = TimeSpan.FromSeconds(1);

    public static PlaceResult Run(PlaceSettings settings, TextWriter output)
    {
        var cluster = PlaceWorld.Cluster(settings, seed: 1);
        var scalar = new ScalarLoop(cluster, settings);
        var requests = PlaceWorld.Requests(PlaceSettings.Batch, settings, seed: 2);
        output.WriteLine($"place: {settings.Nodes:N0} nodes, exact best fit over CPU, memory and disk{(settings.HasGpus ? ", and GPUs of a third of them" : "")}{(settings.HasConstraints ? " on the half that matches" : "")}{(settings.IsSpread ? ", spread over zones" : "")}, batches of {PlaceSettings.Batch} on a copy each, {settings.Rounds} rounds of 1 s");
        output.WriteLine(Machine.Description);
        Compare(cluster, scalar, requests);
        Warm(cluster, scalar, requests);

        var (ours, floors) = (new List<double>(), new List<double>());
        for (var round = 1; round <= settings.Rounds; round++)
        {
            ours.Add(Rate(requests.Length, () => PlacementEngine.Decide(cluster.Copy(), requests, 7)));
            floors.Add(Rate(requests.Length, () => Place(scalar.Copy(), requests)));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: {ours[^1]:N0} decisions/s, scalar loop {floors[^1]:N0}/s, ratio {ours[^1] / floors[^1]:F2}"));
        }

        var (rate, floor, ratio) = (Spread.Of(ours), Spread.Of(floors), Spread.Of(ours.Zip(floors, (a, b) => a / b)));
        output.WriteLine($"median: {rate.ToText(0)} decisions/s, scalar loop {floor.ToText(0)}/s, ratio {ratio.ToText(2)}");
        return new PlaceResult("place", settings.Nodes, settings.HasConstraints, settings.IsSpread, settings.HasGpus, Math.Round(rate.Median), Math.Round(floor.Median), Math.Round(ratio.Median, 3));
    }

    /// <summary>Both have to place the same amount on nodes of the same score: else one of them would do less work.</summary>
    private static void Compare(ClusterArrays cluster, ScalarLoop scalar, ImmutableArray<PlacementRequest> requests)
    {
        var placed = PlacementEngine.Decide(cluster.Copy(), requests, 7).Count(d => d.IsPlaced);
        var floor = Place(scalar.Copy(), requests);
        if (placed != floor)
            throw new InvalidOperationException($"{placed} of {requests.Length} requests were placed, {floor} by the scalar loop.");
    }

    private static void Warm(ClusterArrays cluster, ScalarLoop scalar, ImmutableArray<PlacementRequest> requests)
    {
        // Long enough for the runtime to compile both a second time.
        Rate(1, () => PlacementEngine.Decide(cluster.Copy(), requests, 7));
        Rate(1, () => Place(scalar.Copy(), requests));
    }

    private static int Place(ScalarLoop scalar, ImmutableArray<PlacementRequest> requests)
    {
        var placed = 0;
        for (var i = 0; i < requests.Length; i++)
            placed += scalar.Place(requests[i]) >= 0 ? 1 : 0;
        return placed;
    }

    private static double Rate(int each, Action batch)
    {
        var began = TimeProvider.System.GetTimestamp();
        var batches = 0;
        while (TimeProvider.System.GetElapsedTime(began) < _roundLength)
        {
            batch();
            batches++;
        }

        return batches * each / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
