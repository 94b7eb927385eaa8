namespace OrleansCluster.Tests.Api.Http.Fakes;

internal static class Samples
{
    public const string JobBody =
        """
        { "name": "wordcount", "tasks": [{ "name": "split", "containers": [{
            "name": "main", "image": "busybox", "command": ["true"], "resources": { "cpu": 100, "memory": 32 } }] }] }
        """;

    public const string DefinitionBody =
        """{ "family": "web", "containers": [{ "name": "main", "image": "busybox", "resources": { "cpu": 100, "memory": 32 } }] }""";

    public const string ScheduleBody = $$"""{ "name": "nightly", "cron": "30 2 * * *", "timeZone": "Europe/Berlin", "overlap": "QUEUE", "job": {{JobBody}} }""";

    public const string ServiceBody =
        """{ "name": "web", "desiredCount": 2, "containers": [{ "name": "main", "image": "busybox", "resources": { "cpu": 100, "memory": 32 } }] }""";

    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static JobView Job(string id, string name) =>
        new() { Id = id, Name = name, Team = "default", Priority = 50, Status = JobStatus.Running, CreatedAt = Now, Tasks = [], Version = 7 };

    public static ScheduleView Schedule(ScheduleSpec spec) => new() { Spec = spec, CreatedAt = Now, Next = Now.AddHours(1), Runs = [] };

    public static ServiceView Service(ServiceSpec spec) => new()
    {
        Spec = spec,
        Status = ServiceStatus.Active,
        Desired = spec.DesiredCount,
        Pending = 0,
        Running = 0,
        Healthy = 0,
        Deployments = [],
        Tasks = [],
        Events = [],
        CreatedAt = Now,
        Version = 7,
    };

    public static JobPlan Plan(string id, JobSpec spec) => new()
    {
        JobId = id,
        Spec = spec,
        Placements = [new JobPlacement { Task = spec.Tasks[0].Name, Indexes = [0], Node = "n1", NodeVersion = "9007199254740993" }],
    };

    public static TaskView Task(string id) => new()
    {
        Id = id,
        JobId = TaskId.JobOf(id),
        Name = id.Split('.')[1],
        Index = 0,
        Team = "default",
        Priority = 50,
        Definition = "web:1",
        Resources = new(100, 32, 0),
        Attempt = 1,
        State = TaskState.Provisioning,
        DesiredStatus = DesiredStatus.Running,
        CreatedAt = Now,
        QueuedAt = Now,
        Succeeded = false,
    };

    public static NodeView Node(string name) => new()
    {
        Name = name,
        Status = NodeStatus.Active,
        Capacity = new(2000, 4096, 10_000),
        Claimed = new(100, 32, 0),
        TaskCount = 1,
        ETag = "5",
        Tasks = ["a-1.split.0"],
    };
}
