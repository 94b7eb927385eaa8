using System.Collections.Immutable;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>What a scheduler says of itself when it subscribes.</summary>
internal sealed record FrameworkInfo
{
    private const string AnyRole = "*";
    private const int LongestPrefix = 48;

    public required string Name { get; init; }
    public string? Id { get; init; }

    /// <summary>Seconds.</summary>
    public double FailoverTimeout { get; init; }
    public ImmutableArray<string> Roles { get; init; } = [];
    public ImmutableHashSet<string> Capabilities { get; init; } = [];
    public bool IsSuppressed { get; init; }

    public bool IsPartitionAware => Capabilities.Contains("PARTITION_AWARE");

    public bool HasKillingState => Capabilities.Contains("TASK_KILLING_STATE");

    public bool TakesGpus => Capabilities.Contains("GPU_RESOURCES");

    public bool HasRoles => Capabilities.Contains("MULTI_ROLE");

    public string Role => Roles.FirstOrDefault(AnyRole);

    public static FrameworkInfo Of(MesosValue subscribe)
    {
        var info = subscribe["framework_info"];
        ImmutableArray<string> roles = [.. info["roles"].Items.Select(role => role.Text).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (roles.IsEmpty && info["role"].Text is { } role)
            roles = [role];
        var suppressed = subscribe["suppressed_roles"].Items.Select(one => one.Text).ToHashSet(StringComparer.Ordinal);
        return new FrameworkInfo
        {
            Name = info["name"].Text ?? "",
            Id = info["id"].Id is { Length: > 0 } id ? id : null,
            FailoverTimeout = info["failover_timeout"].Number ?? 0,
            Roles = roles,
            Capabilities = [.. info["capabilities"].Items.Select(capability => capability["type"].Text).OfType<string>()],
            IsSuppressed = roles.Length > 0 && roles.All(suppressed.Contains),
        };
    }

    public FrameworkSpec ToSpec(string name) => new()
    {
        Name = name,
        Team = Role == AnyRole ? new FrameworkSpec { Name = name }.Team : Role,
        FailoverTimeout = (int)Math.Clamp(double.IsNaN(FailoverTimeout) ? 0 : Math.Ceiling(FailoverTimeout), 0, 31_536_000),
    };

    /// <summary>A name that nobody has, which reads as its own does.</summary>
    public string ToName(string suffix)
    {
        var letters = string.Concat(Name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-'));
        var words = string.Join('-', letters.Split('-', StringSplitOptions.RemoveEmptyEntries));
        var prefix = words == "" ? "framework" : char.IsAsciiDigit(words[0]) ? $"f-{words}" : words;
        return $"{(prefix.Length > LongestPrefix ? prefix[..LongestPrefix] : prefix)}-{suffix}";
    }
}
