using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansCluster.Tests.Api.Sdk;

internal static class Samples
{
    public static ScheduleView Schedule(string name) => new()
    {
        Spec = new ScheduleSpec { Name = name, Cron = "30 2 * * *", Job = new JobSpec { Name = "report", Tasks = [] } },
        CreatedAt = InstantTime.Now,
        Next = InstantTime.Now.AddHours(1),
        Runs = [],
    };

    public static ServiceView Service(DeploymentStatus status = DeploymentStatus.InProgress, long version = 1, int healthy = 1, int failures = 0) => new()
    {
        Spec = new ServiceSpec { Name = "web", DesiredCount = 2, Definition = "web:2" },
        Status = ServiceStatus.Active,
        Desired = 2,
        Pending = 2 - healthy,
        Running = healthy,
        Healthy = healthy,
        Deployments =
        [
            new DeploymentView
            {
                Number = 3,
                Revision = 2,
                Definition = "web:2",
                Status = status,
                Stage = status == DeploymentStatus.InProgress ? DeploymentStage.ScaleUp : DeploymentStage.Ended,
                Reason = status switch { DeploymentStatus.Failed => "3 failures of its tasks.", DeploymentStatus.Superseded => "Deployment 4 has taken its place.", _ => null },
                Tasks = 2,
                Healthy = healthy,
                Failures = failures,
                FailuresCounted = failures,
                FailureThreshold = 3,
                CreatedAt = InstantTime.Now.AddMinutes(-1),
                EndedAt = status == DeploymentStatus.InProgress ? null : InstantTime.Now,
            },
        ],
        Tasks =
        [
            new ServiceTaskView { Id = "web.0.5", Slot = 0, Revision = 2, State = TaskState.Running, DesiredStatus = DesiredStatus.Running, Node = "host-1", IsHealthy = healthy > 0, StartedAt = InstantTime.Now.AddMinutes(-1) },
            new ServiceTaskView { Id = "web.1.6", Slot = 1, Revision = 2, State = healthy > 1 ? TaskState.Running : TaskState.Pending, DesiredStatus = DesiredStatus.Running, IsHealthy = healthy > 1, Failures = failures },
        ],
        Events = [new ServiceEvent { At = InstantTime.Now.AddMinutes(-1), Message = "Deployment 3 of web:2 has begun." }],
        CreatedAt = InstantTime.Now.AddDays(-1),
        Version = version,
    };

    public static JobView Job(string id, JobStatus status, long version = 1, int succeeded = 0) => new()
    {
        Id = id,
        Name = "wordcount",
        Team = "default",
        Priority = 50,
        Status = status,
        Reason = status == JobStatus.Failed ? "task count failed" : null,
        CreatedAt = InstantTime.Now.AddMinutes(-5),
        EndedAt = status == JobStatus.Running ? null : InstantTime.Now.AddMinutes(-4),
        Tasks = [new JobTaskView { Name = "count", Definition = "wordcount-count:1", Count = 4, Succeeded = succeeded, Running = 4 - succeeded }],
        Version = version,
    };

    public static TaskView Task(string id, TaskState state, int attempt = 1) => new()
    {
        Id = id,
        JobId = TaskId.JobOf(id),
        Name = "count",
        Index = 0,
        Team = "default",
        Priority = 50,
        Definition = "wordcount-count:1",
        Resources = new Resources(250, 1536, 0),
        Attempt = attempt,
        State = state,
        DesiredStatus = DesiredStatus.Running,
        Node = "host-1",
        StopCode = state == TaskState.Stopped ? StopCode.EssentialContainerExited : null,
        Reason = state == TaskState.Stopped ? "container count: OutOfMemoryError" : null,
        Containers = [new ContainerState { Name = "count", Status = state == TaskState.Stopped ? ContainerStatus.Stopped : ContainerStatus.Running, ExitCode = state == TaskState.Stopped ? 137 : null }],
        CreatedAt = InstantTime.Now.AddMinutes(-3),
        QueuedAt = InstantTime.Now.AddMinutes(-3),
        StartedAt = InstantTime.Now.AddMinutes(-2),
        StoppedAt = state == TaskState.Stopped ? InstantTime.Now.AddSeconds(-48) : null,
        Succeeded = false,
        Count = 4,
    };

    public static NodeView Node(string name) => new()
    {
        Name = name,
        Status = NodeStatus.Active,
        Capacity = new Resources(2000, 4096, 0),
        Claimed = new Resources(250, 512, 0),
        TaskCount = 1,
        Runtime = "docker 20.10.24",
        ETag = "1",
        Tasks = ["wordcount-1.count.0"],
        Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("zone", "a").Add("disk", "ssd"),
        TaskGroups = [new TaskGroupCount("family:web", 2)],
    };

    public static NodeView NodeWithExtras(string name) => Node(name) with
    {
        ExtraCapacity = new ExtraCapacity
        {
            Gpus = [new GpuDevice("0", "A100"), new GpuDevice("1", "A100"), new GpuDevice("GPU-2", "")],
            Amounts = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 4),
        },
        ExtraClaimed = new ExtraClaim
        {
            Gpus = [new GpuShare("0", 1000), new GpuShare("1", 300)],
            Amounts = ImmutableSortedDictionary<string, int>.Empty.Add("licence", 1),
        },
    };

    public static TaskDefinition Definition(int revision) => new()
    {
        Family = "web",
        Revision = revision,
        RegisteredAt = InstantTime.Now.AddHours(-3),
        Containers = [new ContainerSpec { Name = "app", Image = "ocs/busybox", Resources = new Resources(500, 256, 0), Command = ["sleep", "5"] }],
    };

    public static ClusterEvent Event(long sequence) => new()
    {
        Sequence = sequence,
        Time = InstantTime.Now,
        Type = "task.running",
        Subject = "wordcount-1.count.0",
        Job = "wordcount-1",
        Data = JsonElement.Parse("{}"),
    };

    public static LogLine Line(int number, string stream = "stdout") => new(InstantTime.Now, stream, $"line {number}");

    public static Page<T> PageOf<T>(string? next, params ImmutableArray<T> items) => new() { Items = items, Next = next };
}
