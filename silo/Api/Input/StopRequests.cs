using OrleansCluster.Silo.Api.Problems;

namespace OrleansCluster.Silo.Api.Input;

internal static class StopRequests
{
    public static async Task<Input<StopRequest>> Read(HttpRequest request)
    {
        var input = await BodyReader.ReadOptional(request, StopRequest.ByUser);
        if (input.IsGood && input.Value.Reason.Length is 0 or > StopRequest.LongestReason)
            return Problem.Of(
                ProblemKind.InvalidInput,
                "The reason is empty or too long.",
                new Fault("/reason", $"Expected 1 to {StopRequest.LongestReason} characters, found {input.Value.Reason.Length}."));
        return input;
    }
}
