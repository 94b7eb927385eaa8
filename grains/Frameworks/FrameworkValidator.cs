using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>Judges what frameworks say of themselves and hand in.</summary>
public static class FrameworkValidator
{
    public const int LongestName = 255;
    public const int TasksPerLaunch = 1_000;
    public const int ShortestToken = 16;
    public const int LongestToken = 128;
    private const int LongestFailover = 31_536_000;
    private const int LargestRate = 10_000;
    private const int MostTasks = 100_000;
    private const int LongestOffer = 3_600;

    /// <summary>Every fault, in the order of the specification; none means valid.</summary>
    public static ImmutableArray<Fault> Validate(FrameworkSpec? spec)
    {
        var faults = new FaultList();
        if (spec is null)
        {
            faults.Add("", "expected a framework, found nothing");
            return faults.ToImmutable();
        }

        faults.CheckName("/name", spec.Name);
        faults.CheckTeam("/team", spec.Team);
        faults.CheckRange("/priority", spec.Priority, 0, 100);
        faults.CheckRange("/failoverTimeout", spec.FailoverTimeout, 0, LongestFailover);
        if (!Enum.IsDefined(spec.Abandoned))
            faults.Add("/abandoned", $"{spec.Abandoned} is no such choice: expected KILL or KEEP");
        faults.CheckRange("/rateLimit", spec.RateLimit, 1, LargestRate);
        faults.CheckRange("/maximumTasks", spec.MaximumTasks, 1, MostTasks);
        faults.CheckRange("/offerTimeout", spec.OfferTimeout, 1, LongestOffer);
        return faults.ToImmutable();
    }

    /// <summary>What of a launch can be judged by itself, definitions that are not there left aside.</summary>
    internal static ImmutableArray<Fault> Validate(FrameworkLaunch launch, LaunchedTasks tasks)
    {
        var faults = new FaultList();
        CheckTransactionId(faults, launch.TransactionId);
        if (launch.Tasks.IsDefault || launch.Tasks.Length > TasksPerLaunch)
            faults.Add("/tasks", $"expected at most {TasksPerLaunch} tasks");
        if (launch.RefuseSeconds is { } seconds && RefuseFault(seconds) is { } tooLong)
            faults.Add("/refuseSeconds", tooLong);
        if (!faults.ToImmutable().IsEmpty)
            return faults.ToImmutable();
        var offers = launch.Offers.IsDefault ? [] : launch.Offers;
        for (var i = 0; i < offers.Length; i++)
        {
            if (offers[i] is not { } offer || !OfferId.Is(offer) || OfferId.FrameworkOf(offer) != tasks.Job.Name)
                faults.Add($"/offers/{i}", $"{Quoted.Of(offers[i])} is no offer of this framework");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < launch.Tasks.Length; i++)
        {
            if (NameFault(launch.Tasks[i].Name) is { } fault)
                faults.Add($"/tasks/{i}/name", fault);
            else if (!seen.Add(launch.Tasks[i].Name))
                faults.Add($"/tasks/{i}/name", $"{Quoted.Of(launch.Tasks[i].Name)} occurs twice");
            if (string.IsNullOrEmpty(launch.Tasks[i].Node))
                faults.Add($"/tasks/{i}/node", "expected the name of a node");
        }

        // A job takes no fewer than one task.
        if (!launch.Tasks.IsEmpty)
        {
            foreach (var fault in JobValidator.Validate(tasks.Job).Select(tasks.ToLaunch))
                faults.Add(fault.Path, fault.Message);
        }

        return faults.ToImmutable();
    }

    internal static void CheckTransactionId(FaultList faults, string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > LongestName)
            faults.Add("/transactionId", $"expected 1 to {LongestName} characters");
    }

    public static string? TokenFault(string token) => token.Length is >= ShortestToken and <= LongestToken && token.All(c => c is > ' ' and <= '~')
        ? null
        : $"expected {ShortestToken} to {LongestToken} visible ASCII characters";

    public static string? RefuseFault(double seconds) => seconds is >= 0 and <= FrameworkLaunch.LongestRefuseSeconds ? null : $"{seconds} is out of range: expected 0 to {FrameworkLaunch.LongestRefuseSeconds}";

    public static string? NameFault(string? name) => string.IsNullOrEmpty(name) || name.Length > LongestName ? $"expected 1 to {LongestName} characters"
        : name.Any(c => c is <= ' ' or > '~') ? $"{Quoted.Of(name)} has characters that no name has: expected letters, digits and marks of ASCII, without spaces"
        : TaskId.NameOfFrameworkTask(name).Length > LongestName ? $"{Quoted.Of(name)} is too long as it is spelt in ids, where marks take five characters: expected at most {LongestName}"
        : null;
}
