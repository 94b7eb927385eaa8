using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Judges a task definition by itself: what can be seen without asking anybody.</summary>
public static class TaskDefinitionValidator
{
    /// <summary>Every fault, in the order of the specification; none means valid. Whatever JSON can make of the input is answered, not thrown.</summary>
    public static ImmutableArray<Fault> Validate(TaskDefinitionSpec? spec)
    {
        var faults = new FaultList();
        if (spec is null)
        {
            faults.Add("", "expected a task definition, found nothing");
            return faults.ToImmutable();
        }

        if (!NameRule.IsFamily(spec.Family))
            faults.Add("/family", $"{Quoted.Of(spec.Family)} is not a family name: {NameRule.FamilyExpectation}");
        ContainerGroupRules.Check(faults, "", spec.Containers, spec.Volumes, spec.Network, spec.Checkpoint);
        DisconnectRules.Check(faults, "", spec.OnDisconnect);
        return faults.ToImmutable();
    }
}
