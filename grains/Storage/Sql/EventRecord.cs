namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>A row of <c>event</c>.</summary>
internal sealed class EventRecord
{
    public long Seq { get; set; }

    /// <summary>UTC, in ticks of 100 ns.</summary>
    public long Time { get; set; }
    public string Type { get; set; } = "";
    public string Subject { get; set; } = "";
    public string Job { get; set; } = "";
    public string Json { get; set; } = "";

    public EventRow ToRow() => new(Seq, new EventDraft(new DateTimeOffset(Time, TimeSpan.Zero), Type, Subject, Job, Json));
}
