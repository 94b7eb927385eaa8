using OrleansCluster.Silo.Api.Json;

namespace OrleansCluster.Silo.Api.Input;

internal static class QueryParameters
{
    public const int LongestWaitSeconds = 60;
    public const int StandardLimit = 100;

    public static QueryParameter Cluster { get; } = new("cluster", $"The cluster; \"{ApiNames.DefaultCluster}\" where it is not given.");

    public static QueryParameter After { get; } = new("after", "Go on after this: the \"next\" of the page before.");

    public static QueryParameter Limit { get; } = Number("limit", "Items at most.", 1, 1000, StandardLimit);

    public static QueryParameter Family { get; } = new("family", "Only this family.");

    public static QueryParameter Job { get; } = new("job", "Only what belongs to this job.");

    public static QueryParameter Service { get; } = new("service", "Only tasks of this service.");

    public static QueryParameter Mode { get; } = new("mode", "Whether there may be one of the name already; \"any\" where it is not given.") { Words = EnumWords.Of(typeof(PutMode)) };

    public static QueryParameter Status { get; } = new("status", "Only jobs of this status.") { Words = EnumWords.Of(typeof(JobStatus)) };

    public static QueryParameter State { get; } = new("state", "Only tasks of this state.") { Words = EnumWords.Of(typeof(TaskState)) };

    public static QueryParameter Version { get; } =
        Number("version", "The version as the caller knows it: with \"wait\", answers once it is another one.", long.MinValue, long.MaxValue, null);

    public static QueryParameter Wait { get; } =
        Number("wait", "Seconds to wait at most while the version is the one given.", 0, LongestWaitSeconds, 0);

    public static QueryParameter Container { get; } = new("container", "The container's name; needed where the task has several.");

    public static QueryParameter Attempt { get; } = Number("attempt", "The task's attempt; the current one where it is not given.", 1, int.MaxValue, null);

    public static QueryParameter From { get; } = Number("from", "Where to go on: the \"next\" of the chunk before.", 0, long.MaxValue, 0);

    public static QueryParameter Follow { get; } =
        new("follow", "Stream lines as they come, until the container has ended. Waits for a task that has not started yet.") { IsFlag = true };

    public static QueryParameter AfterEvent { get; } =
        Number("after", "Only events with a greater sequence number; without it, and without a Last-Event-ID header, only new ones.", 0, long.MaxValue, null);

    public static QueryParameter UsageFrom { get; } = new("from", "From the hour of this time on, such as 2026-11-28T00:00:00Z; the last day where it is not given.");

    public static QueryParameter UsageTo { get; } = new("to", "Up to the hour of this time; now where it is not given.");

    public static QueryParameter UsageFormat { get; } = new("format", "The form of the answer.") { Words = ["json", "csv"] };

    public static QueryParameter Request { get; } =
        Number("request", "The number of a request for a checkpoint: with \"wait\", answers once it has been answered.", 1, int.MaxValue, null);

    public static QueryParameter WaitForRequest { get; } = Number("wait", "Seconds to wait at most for the answer to that request.", 0, LongestWaitSeconds, 0);

    public static QueryParameter Framework { get; } = new("framework", "Only tasks of this framework.");

    public static QueryParameter Offers { get; } = new("offers", "Whether it wants offers.") { IsFlag = true };

    public static QueryParameter Stream { get; } = new("stream", "The stream that the subscription has begun.");

    public static QueryParameter AfterInStream { get; } =
        Number("after", "The sequence number of the last event that has been taken in, 0 at first: those up to it are not told again.", 0, long.MaxValue, 0);

    public static QueryParameter WaitForEvents { get; } = Number("wait", "Seconds to wait at most while there is none.", 0, LongestWaitSeconds, 0);

    public static QueryParameter Incarnation { get; } = new("incarnation", "That of the version that the caller has; without it, a snapshot is answered.");

    public static QueryParameter StateVersion { get; } = Number("version", "The number of the version that the caller has.", 0, long.MaxValue, null);

    public static QueryParameter WaitForState { get; } = Number("wait", "Seconds to wait at most while that version is the newest.", 0, LongestWaitSeconds, 0);

    public static QueryParameter Fresh { get; } =
        new("fresh", "All that was durable when the call came in; otherwise what may be some seconds old, which costs the cluster less.") { IsFlag = true };

    private static QueryParameter Number(string name, string description, long smallest, long largest, long? standard) =>
        new(name, description) { Smallest = smallest, Largest = largest, Default = standard };
}
