using OrleansCluster.Mutations.Copying;
using OrleansCluster.Mutations.List;

namespace OrleansCluster.Tests.Tidy.Sources;

public sealed class MutationTests
{
    [Fact]
    public async Task Mutations_OfTheList_FitTheCode() =>
        (await SourceTree.Find(TestContext.Current.CancellationToken)).Weave(MutationList.All);
}
