using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace OrleansCluster.Silo.Api.Schemas;

/// <summary>
/// The limits that editors can check while somebody types: the simple ones of those that the grains check in full. Only for the schema; the
/// grains decide.
/// </summary>
internal static class InputLimits
{
    private const string Name = "^[a-z][a-z0-9-]*$";

    private static readonly Dictionary<(Type, string), JsonObject> _limits = new()
    {
        [(typeof(JobSpec), "name")] = Text(63, Name),
        [(typeof(JobSpec), "priority")] = Number(0, 100, 50),
        [(typeof(JobSpec), "team")] = new() { ["default"] = "default", ["minLength"] = 1, ["maxLength"] = 63, ["pattern"] = Name },
        [(typeof(JobSpec), "tasks")] = Items(1, 10_000),
        [(typeof(JobTaskSpec), "name")] = Text(63, Name),
        [(typeof(JobTaskSpec), "count")] = Number(1, 10_000, 1),
        [(typeof(JobTaskSpec), "dependsOn")] = Items(0, 10_000),
        [(typeof(JobTaskSpec), "containers")] = Items(0, 16),
        [(typeof(JobTaskSpec), "volumes")] = Items(0, 50),
        [(typeof(JobTaskSpec), "placementConstraints")] = Items(0, 10),
        [(typeof(JobTaskSpec), "placementStrategy")] = Items(0, 5),
        [(typeof(JobTaskSpec), "group")] = Text(255, "^[A-Za-z0-9._/:-]+$"),
        [(typeof(JobTaskSpec), "overrides")] = Items(0, 16),
        [(typeof(JobTaskSpec), "onDisconnect")] = new() { ["default"] = "stop" },
        [(typeof(TaskDefinitionSpec), "onDisconnect")] = new() { ["default"] = "stop" },
        [(typeof(ContainerOverride), "name")] = Text(63, Name),
        [(typeof(ContainerOverride), "cpu")] = Number(1, 1_024_000, null),
        [(typeof(ContainerOverride), "memory")] = Number(1, 16 * 1024 * 1024, null),
        [(typeof(PlacementConstraint), "expression")] = new() { ["minLength"] = 1, ["maxLength"] = 2000 },
        [(typeof(PlacementStep), "field")] = new() { ["pattern"] = @"^(instanceId|host|attribute:[A-Za-z0-9._/\\-]{1,128}|cpu|memory)$" },
        [(typeof(ScheduleSpec), "name")] = Text(63, Name),
        [(typeof(ScheduleSpec), "cron")] = new() { ["minLength"] = 1, ["maxLength"] = 200 },
        [(typeof(ScheduleSpec), "timeZone")] = new() { ["default"] = "UTC", ["minLength"] = 1, ["maxLength"] = 100 },
        [(typeof(ScheduleSpec), "missedAfter")] = Number(1, 86_400, 60),
        [(typeof(ServiceSpec), "name")] = Text(63, Name),
        [(typeof(ServiceSpec), "team")] = new() { ["default"] = "default", ["minLength"] = 1, ["maxLength"] = 63, ["pattern"] = Name },
        [(typeof(ServiceSpec), "priority")] = Number(0, 100, 75),
        [(typeof(ServiceSpec), "desiredCount")] = Number(0, 10_000, 1),
        [(typeof(ServiceSpec), "containers")] = Items(0, 16),
        [(typeof(ServiceSpec), "volumes")] = Items(0, 50),
        [(typeof(ServiceSpec), "placementConstraints")] = Items(0, 10),
        [(typeof(ServiceSpec), "placementStrategy")] = Items(0, 5),
        [(typeof(ServiceSpec), "startTimeout")] = Number(1, 86_400, null),
        [(typeof(RebalancingSpec), "maximumMoves")] = Number(1, 1_000, null),
        [(typeof(DeploymentConfiguration), "minimumHealthyPercent")] = Number(0, 100, 100),
        [(typeof(DeploymentConfiguration), "maximumPercent")] = Number(100, 400, 200),
        [(typeof(DeploymentConfiguration), "minimumHealthyTime")] = Number(0, 3_600, 5),
        [(typeof(DeploymentConfiguration), "canaryPercent")] = Number(1, 99, 10),
        [(typeof(DeploymentConfiguration), "bakeTime")] = Number(0, 86_400, 0),
        [(typeof(DeploymentConfiguration), "hooks")] = Items(0, 10),
        [(typeof(DeploymentHookSpec), "name")] = Text(63, Name),
        [(typeof(DeploymentHookSpec), "stages")] = Items(1, 4),
        [(typeof(DeploymentHookSpec), "containers")] = Items(0, 16),
        [(typeof(DeploymentHookSpec), "volumes")] = Items(0, 50),
        [(typeof(DeploymentHookSpec), "timeout")] = Number(1, 604_800, 3_600),
        [(typeof(AutoscalingSpec), "minimum")] = Number(0, 10_000, 1),
        [(typeof(AutoscalingSpec), "maximum")] = Number(0, 10_000, null),
        [(typeof(AutoscalingSpec), "policies")] = Items(0, 10),
        [(typeof(AutoscalingSpec), "schedules")] = Items(0, 20),
        [(typeof(ScalingPolicy), "metric")] = Text(63, Name),
        [(typeof(ScalingPolicy), "target")] = new() { ["exclusiveMinimum"] = 0, ["maximum"] = 1e12 },
        [(typeof(ScalingPolicy), "scaleOutCooldown")] = Number(0, 86_400, 60),
        [(typeof(ScalingPolicy), "scaleInCooldown")] = Number(0, 86_400, 300),
        [(typeof(ScalingSchedule), "cron")] = new() { ["minLength"] = 1, ["maxLength"] = 200 },
        [(typeof(ScalingSchedule), "timeZone")] = new() { ["default"] = "UTC", ["minLength"] = 1, ["maxLength"] = 100 },
        [(typeof(ScalingSchedule), "minimum")] = Number(0, 10_000, null),
        [(typeof(ScalingSchedule), "maximum")] = Number(0, 10_000, null),
        [(typeof(DeploymentAlarms), "enable")] = new() { ["default"] = true },
        [(typeof(DeploymentAlarms), "rollback")] = new() { ["default"] = true },
        [(typeof(DeploymentAlarms), "alarms")] = Items(0, 10),
        [(typeof(AlarmSpec), "name")] = Text(63, Name),
        [(typeof(AlarmSpec), "metric")] = Text(63, Name),
        [(typeof(AlarmSpec), "for")] = Number(0, 3_600, 60),
        [(typeof(CircuitBreakerSpec), "enable")] = new() { ["default"] = true },
        [(typeof(CircuitBreakerSpec), "rollback")] = new() { ["default"] = true },
        [(typeof(CircuitBreakerSpec), "count")] = Number(1, 10_000, null),
        [(typeof(CircuitBreakerSpec), "percent")] = Number(1, 1_000, null),
        [(typeof(TaskDefinitionSpec), "family")] = Text(128, Name),
        [(typeof(TaskDefinitionSpec), "containers")] = Items(1, 16),
        [(typeof(TaskDefinitionSpec), "volumes")] = Items(0, 50),
        [(typeof(ContainerSpec), "name")] = Text(63, Name),
        [(typeof(ContainerSpec), "image")] = new() { ["minLength"] = 1, ["maxLength"] = 512 },
        [(typeof(ContainerSpec), "mounts")] = Items(0, 50),
        [(typeof(ContainerSpec), "ports")] = Items(0, 100),
        [(typeof(ContainerSpec), "amounts")] = new() { ["maxProperties"] = 32 },
        [(typeof(GpuSpec), "count")] = Number(1, 64, null),
        [(typeof(GpuSpec), "thousandths")] = Number(1, 999, null),
        [(typeof(GpuSpec), "models")] = Items(0, 16),
        [(typeof(ContainerSpec), "essential")] = new() { ["default"] = true },
        [(typeof(ContainerSpec), "stopTimeout")] = Number(0, 3600, 30),
        [(typeof(HealthCheckSpec), "interval")] = Number(1, 300, null),
        [(typeof(HealthCheckSpec), "timeout")] = Number(1, 60, null),
        [(typeof(HealthCheckSpec), "retries")] = Number(1, 10, null),
        [(typeof(HealthCheckSpec), "startPeriod")] = Number(0, 300, null),
        [(typeof(HttpCheckSpec), "port")] = Number(1, 65535, null),
        [(typeof(HttpCheckSpec), "path")] = new() { ["default"] = "/", ["pattern"] = "^/" },
        [(typeof(HttpCheckSpec), "status")] = Number(100, 599, null),
        [(typeof(TcpCheckSpec), "port")] = Number(1, 65535, null),
        [(typeof(CheckpointSpec), "path")] = new() { ["pattern"] = "^/" },
        [(typeof(CheckpointSpec), "interval")] = Number(0, 86_400, 0),
        [(typeof(CheckpointSpec), "keep")] = Number(1, 10, 3),
        [(typeof(CheckpointSpec), "maxSize")] = Number(1, 1024, 64),
        [(typeof(CheckpointSpec), "signal")] = new() { ["pattern"] = "^SIG[A-Z][A-Z0-9+-]{1,11}$" },
        [(typeof(CheckpointSpec), "grace")] = Number(0, 600, 10),
        [(typeof(MountSpec), "path")] = new() { ["pattern"] = "^/" },
        [(typeof(VolumeSpec), "host")] = new() { ["pattern"] = "^/" },
        [(typeof(PortMapping), "container")] = Number(1, 65535, null),
        [(typeof(PortMapping), "host")] = Number(0, 65535, 0),
        [(typeof(TeamSet), "teams")] = Items(1, 1000),
        [(typeof(TeamSpec), "name")] = Text(63, Name),
        [(typeof(TeamSpec), "parent")] = Text(63, Name),
        [(typeof(TeamSpec), "weight")] = Number(1, 1000, 1),
        [(typeof(Resources), "cpu")] = Number(1, 1_024_000, null),
        [(typeof(Resources), "memory")] = Number(1, 16 * 1024 * 1024, null),
        [(typeof(Resources), "disk")] = Number(0, 64 * 1024 * 1024, 0),
    };

    public static void Annotate(JsonObject schema, JsonPropertyInfo property)
    {
        // A structure has no required members, and what is left out is 0, which the grains refuse for these two.
        if (property.PropertyType == typeof(Resources))
            schema["required"] = new JsonArray("cpu", "memory");

        if (!_limits.TryGetValue((property.DeclaringType, property.Name), out var limits))
            return;
        foreach (var (key, value) in limits)
            schema[key] = value?.DeepClone();
    }

    private static JsonObject Items(int fewest, int most) => new() { ["minItems"] = fewest, ["maxItems"] = most };

    private static JsonObject Text(int longest, string pattern) => new() { ["minLength"] = 1, ["maxLength"] = longest, ["pattern"] = pattern };

    private static JsonObject Number(int smallest, int largest, int? standard)
    {
        var limits = new JsonObject { ["minimum"] = smallest, ["maximum"] = largest };
        if (standard is { } value)
            limits["default"] = value;
        return limits;
    }
}
