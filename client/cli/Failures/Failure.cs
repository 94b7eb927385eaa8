using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Client;
using OrleansCluster.Files;

namespace OrleansCluster.Cli.Failures;

/// <summary>Why a command did not do what it was asked: a problem (RFC 9457) and an exit code.</summary>
internal sealed record Failure
{
    public required string Type { get; init; }
    public required string Title { get; init; }

    /// <summary>The HTTP status, where the cluster has answered.</summary>
    public int? Status { get; init; }
    public string? Detail { get; init; }
    public ImmutableArray<LocatedFault> Faults { get; init; } = [];

    [JsonIgnore]
    public int ExitCode { get; init; }

    /// <returns><see langword="null"/> for what is nobody's fault but the program's: that shall end with a stack trace.</returns>
    public static Failure? Of(Exception exception) => exception switch
    {
        CliException known => known.Failure,
        InterruptedException => new Failure
        {
            Type = "urn:ocs:problem:interrupted",
            Title = exception.Message,
            ExitCode = Hosting.ExitCode.Interrupted,
        },
        ClusterUnreachableException => new Failure
        {
            Type = "urn:ocs:problem:unreachable",
            Title = exception.Message,
            Detail = "Is the cluster running, and is --address (or OCS_ADDRESS) right?",
            ExitCode = Hosting.ExitCode.Unreachable,
        },
        ClusterApiException refused => Of(refused, fault => new LocatedFault { Path = fault.Path, Message = fault.Message }),
        _ => null,
    };

    public static Failure Of(ClusterApiException refused, Func<Fault, LocatedFault> locate) => new()
    {
        Type = refused.Type,
        Title = refused.Title,
        Status = refused.Status,
        Detail = refused.Detail,
        Faults = [.. refused.Faults.Select(locate)],
        ExitCode = refused.Status switch
        {
            400 or 413 or 422 => Hosting.ExitCode.BadInput,
            < 500 => Hosting.ExitCode.Refused,
            _ => Hosting.ExitCode.Unreachable,
        },
    };
}
