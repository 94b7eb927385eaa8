namespace OrleansCluster.Tests.Unit.Placement.Constraints;

public sealed class MeaningTests
{
    [Theory]
    [InlineData("attribute:missing == prod")]
    [InlineData("attribute:missing != prod")]
    [InlineData("attribute:missing > 1")]
    [InlineData("attribute:missing in [prod]")]
    [InlineData("attribute:missing !in [prod]")]
    [InlineData("attribute:missing =~ .*")]
    [InlineData("attribute:missing !~ x")]
    [InlineData("attribute:missing exists")]
    public void Matches_AttributeThatTheNodeLacks_IsFalseAndItsNegationTrue(string text)
    {
        Assert.False(Facts.Matches(text));
        Assert.True(Facts.Matches($"not({text})"));
    }

    [Theory]
    [InlineData("task:group != service:production", true)]
    [InlineData("not(task:group == service:production)", false)]
    [InlineData("task:group !in [batch, service:production]", false)]
    [InlineData("task:group =~ service:.*", true)]
    [InlineData("task:group exists", true)]
    [InlineData("task:group !exists", false)]
    public void Matches_SeveralTaskGroups_HoldsIfItDoesForAny(string text, bool expected) => Assert.Equal(expected, Facts.Matches(text));

    [Theory]
    [InlineData("task:group exists", false)]
    [InlineData("task:group !exists", true)]
    [InlineData("task:group != batch", false)]
    [InlineData("not(task:group == batch)", true)]
    public void Matches_NoTasks_HasNoGroup(string text, bool expected) =>
        Assert.Equal(expected, Facts.Matches(text, Facts.Node with { TaskGroups = [], RunningTasksCount = 0 }));

    [Theory]
    [InlineData("attribute:cores > 9", true)]
    [InlineData("attribute:cores < 9", false)]
    [InlineData("attribute:cores >= 10.0", true)]
    [InlineData("attribute:cores == 10.0", false)]
    [InlineData("attribute:kernel == 5.1", false)]
    [InlineData("attribute:kernel <= 5.1", true)]
    [InlineData("attribute:stack > 5", false)]
    [InlineData("attribute:stack <= 5", false)]
    [InlineData("attribute:stack > dev", true)]
    [InlineData("attribute:stack < Prod", false)]
    [InlineData("attribute:stack == Prod", false)]
    [InlineData("attribute:Stack exists", false)]
    public void Matches_TextsAndNumbers_AreEqualAsTextsAndOrderedAsTheArgumentSays(string text, bool expected) => Assert.Equal(expected, Facts.Matches(text));

    [Theory]
    [InlineData("1.14", "agentVersion > 1.9.9", true)]
    [InlineData("1.14", "agentVersion == 1.14.0.0", true)]
    [InlineData("1.14.0-rc.1+4d56a89", "agentVersion >= 1.14", true)]
    [InlineData("1.14.0-rc.1+4d56a89", "agentVersion < 1.14.0.1", true)]
    [InlineData("nightly", "agentVersion != 1.0", false)]
    [InlineData(null, "agentVersion != 1.0", false)]
    [InlineData(null, "not(agentVersion >= 1.0)", true)]
    [InlineData("2147483647.2147483647.2147483647.2147483647", "agentVersion > 2147483647.2147483647.2147483647.2147483646", true)]
    public void Matches_Versions_AreComparedNumberByNumber(string? version, string text, bool expected) =>
        Assert.Equal(expected, Facts.Matches(text, Facts.Node with { AgentVersion = version }));

    [Theory]
    [InlineData("registeredAt == 2018-02-12T23:59:59", true)]
    [InlineData("registeredAt == 2018-02-13T01:59:59+02:00", true)]
    [InlineData("registeredAt != 2018-02-12T23:59:59Z", false)]
    [InlineData("registeredAt <= 2018-02-12T23:59:59Z", true)]
    [InlineData("registeredAt > 2018-02-12", true)]
    [InlineData("registeredAt >= 2018-02-13", false)]
    public void Matches_Times_AreComparedInWholeSeconds(string text, bool expected) => Assert.Equal(expected, Facts.Matches(text));

    [Theory]
    [InlineData(NodeStatus.Active, "status == ACTIVE and agentConnected == true", true)]
    [InlineData(NodeStatus.Draining, "status in [DRAINING, LOST] and agentConnected =~ t.*", true)]
    [InlineData(NodeStatus.Lost, "status !~ A.* and agentConnected == false", true)]
    [InlineData(NodeStatus.Lost, "agentConnected != false", false)]
    public void Matches_Status_IsNamedAsTheApiDoes(NodeStatus status, string text, bool expected) =>
        Assert.Equal(expected, Facts.Matches(text, Facts.Node with { Status = status }));

    [Theory]
    [InlineData("attribute:owner == 'it''s \"us\" & co'")]
    [InlineData("attribute:owner == \"it's \"\"us\"\" & co\"")]
    [InlineData("attribute:owner=='it''s \"us\" & co'&&runningTasksCount>=0")]
    [InlineData("attribute:owner =~ 'it''s \"u(s|S)\" & .*'")]
    [InlineData("attribute:stack == \"prod\"")]
    public void Matches_ValueInQuotes_IsWhatStandsWithin(string text) => Assert.True(Facts.Matches(text));

    [Theory]
    [InlineData("attribute:stack =~ ro", false)]
    [InlineData("attribute:stack =~ .*ro.*", true)]
    [InlineData("attribute:stack =~ dev|prod", true)]
    [InlineData("attribute:stack =~ d|p", false)]
    [InlineData("attribute:stack =~ (?i)PROD", true)]
    [InlineData("(attribute:stack =~ (p|d).*) and status == ACTIVE", true)]
    [InlineData("(attribute:stack =~ [])p]rod||status == LOST)", true)]
    [InlineData(@"(attribute:stack =~ \)|prod)", true)]
    [InlineData("attribute:stack =~ prod&&status == LOST", false)]
    [InlineData("attribute:stack =~ (prod||dev)", true)]
    [InlineData("attribute:stack !~ dev", true)]
    [InlineData(@"attribute:kernel =~ 5\.1\d", true)]
    [InlineData("attribute:stack =~ p{1}r{1,}o{0,3}d", true)]
    public void Matches_Pattern_IsAboutTheWholeValue(string text, bool expected) => Assert.Equal(expected, Facts.Matches(text));

    [Theory]
    [InlineData("status == LOST and status == LOST or status == ACTIVE", true)]
    [InlineData("status == LOST and (status == LOST or status == ACTIVE)", false)]
    [InlineData("status == ACTIVE or status == LOST and status == LOST", true)]
    [InlineData("not status == LOST and status == ACTIVE", true)]
    [InlineData("not status == ACTIVE or status == ACTIVE", true)]
    [InlineData("not (status == ACTIVE or status == ACTIVE)", false)]
    [InlineData("!!status == ACTIVE", true)]
    public void Matches_NotAndOr_BindInThisOrder(string text, bool expected) => Assert.Equal(expected, Facts.Matches(text));
}
