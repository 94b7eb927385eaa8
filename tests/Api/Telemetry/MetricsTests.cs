using OrleansCluster.Tests.Api.EndToEnd;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.Telemetry;

public sealed class MetricsTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-metrics-").FullName;
    private SimulatedSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await SimulatedSilo.Start(_data, "--lease-seconds", "2", "--lost-after-seconds", "3");

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Metrics_AfterAJob_HaveCountedItOnce()
    {
        var job = await _silo.Client.Jobs.SubmitAsync(Job("counted", Task("first", 5), Task("second", 2, ["first"], command: ["exit", "3"])));
        Assert.Equal(JobStatus.Failed, (await _silo.Client.WaitForEnd(job.Id)).Status);

        // Claims go back after the job has been told, and leases are renewed in their own time.
        var scrape = await ScrapeUntil(s => s.Sum("ocs_cluster_claims_released_total") == 7 && s.Sum("ocs_lease_renewals_total", ("result", "ok")) >= 1);

        Assert.Equal(7, scrape.Sum("ocs_task_transitions_total", ("state", "STOPPED"), ("cluster", "default")));
        Assert.Equal(7, scrape.Sum("ocs_task_transitions_total", ("state", "PROVISIONING")));
        Assert.Equal(5, scrape.Sum("ocs_task_ended_total", ("stop_code", "EssentialContainerExited"), ("outcome", "succeeded")));
        Assert.Equal(2, scrape.Sum("ocs_task_ended_total", ("outcome", "failed")));
        Assert.Equal((7, 7), (scrape.Sum("ocs_task_start_duration_seconds_count"), scrape.Sum("ocs_task_run_duration_seconds_count")));
        Assert.Equal(7, scrape.Sum("ocs_container_launches_total"));
        Assert.Equal(7, scrape.Sum("ocs_container_launch_duration_seconds_count", ("step", "start")));
        Assert.Equal(7, scrape.Sum("ocs_scheduler_decisions_total", ("result", "placed")));
        Assert.Equal(7, scrape.Sum("ocs_cluster_claims_committed_total"));
        Assert.InRange(scrape.Sum("ocs_cluster_transactions_total"), 2, 7);
        Assert.Equal(scrape.Sum("ocs_cluster_transactions_total"), scrape.Sum("ocs_scheduler_commit_duration_seconds_count"));
        Assert.True(scrape.Sum("ocs_store_transactions_total") >= 1);
        Assert.Equal(scrape.Sum("ocs_store_units_total"), scrape.Sum("ocs_store_commit_duration_seconds_count"));
        Assert.Equal(scrape.Sum("ocs_store_units_total"), scrape.Sum("ocs_store_batch_size_sum"));
        Assert.Equal(0, scrape.Sum("ocs_cluster_claims"));
    }

    [Fact]
    public async Task Metrics_OfTheCluster_AreWhatItHasInBaseUnits()
    {
        await Poll.Until("the node has joined", async () => (await Scrape.Of(_silo.Address)).Sum("ocs_cluster_nodes", ("status", "ACTIVE")) == 1);
        var job = await _silo.Client.Jobs.SubmitAsync(Job("holder", Task("main", 2, memory: 100, command: ["sleep", "600"])));
        await _silo.Client.WaitFor(job.Id, "runs", j => j.Tasks[0].Running == 2);

        var scrape = await Scrape.Of(_silo.Address);

        Assert.Equal((4, 0.2), (scrape.Sum("ocs_cluster_cpu_capacity", ("status", "ACTIVE")), scrape.Sum("ocs_cluster_cpu_claimed")));
        Assert.Equal((4096L << 20, 200L << 20), (scrape.Sum("ocs_cluster_memory_capacity_bytes"), scrape.Sum("ocs_cluster_memory_claimed_bytes")));
        Assert.Equal((10000L << 20, 0), (scrape.Sum("ocs_cluster_disk_capacity_bytes"), scrape.Sum("ocs_cluster_disk_claimed_bytes")));
        Assert.Equal((2, 1), (scrape.Sum("ocs_cluster_claims"), scrape.Sum("ocs_cluster_nodes")));
    }

    [Fact]
    public async Task Metrics_OfTheQueue_GrowOldByTeamAndGo()
    {
        var job = await _silo.Client.Jobs.SubmitAsync(Job("big", Task("main", 3, memory: 1_000_000)) with { Team = "red" });

        await ScrapeUntil(s => s.Sum("ocs_scheduler_queue_length", ("team", "red")) == 3 && s.Sum("ocs_scheduler_queue_oldest_age_seconds") > 0.05);

        // Queued is not yet decided.
        await ScrapeUntil(s => s.Sum("ocs_scheduler_decisions_total", ("result", "unplaced")) >= 3);
        await _silo.Client.Jobs.StopAsync(job.Id, "too big");
        await ScrapeUntil(s => s.Sum("ocs_scheduler_queue_length") == 0);
    }

    [Fact]
    public async Task Metrics_OfAnImageThatIsNotThere_CountTheRefusal()
    {
        var spec = Job("missing", Task("main"));
        var containers = spec.Tasks[0].Containers;
        var job = await _silo.Client.Jobs.SubmitAsync(spec with { Tasks = [spec.Tasks[0] with { Containers = [containers[0] with { Image = "missing/x" }] }] });
        await _silo.Client.WaitForEnd(job.Id);

        var scrape = await ScrapeUntil(s => s.Sum("ocs_task_ended_total", ("stop_code", "TaskFailedToStart"), ("outcome", "failed")) == 1);

        Assert.Equal(1, scrape.Sum("ocs_container_launch_failures_total", ("kind", "Image")));
        Assert.Equal(0, scrape.Sum("ocs_container_launches_total"));
    }

    [Fact]
    public async Task Metrics_OfTheRuntimeAndTheServer_AreThereToo()
    {
        await Scrape.Of(_silo.Address);
        var families = (await Scrape.Of(_silo.Address)).Families;

        Assert.Superset(
            new HashSet<string> { "dotnet_gc_collections_total", "dotnet_process_memory_working_set_bytes", "http_server_request_duration_seconds", "kestrel_active_connections" },
            families);
    }

    private async Task<Scrape> ScrapeUntil(Func<Scrape, bool> condition)
    {
        Scrape? scrape = null;
        await Poll.Until("the page shows it", async () => condition(scrape = await Scrape.Of(_silo.Address)));
        return scrape!;
    }
}
