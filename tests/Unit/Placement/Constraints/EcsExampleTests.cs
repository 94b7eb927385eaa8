namespace OrleansCluster.Tests.Unit.Placement.Constraints;

/// <summary>
/// Every example of ECS's documentation (cluster-query-language.html, task-placement-constraints.html), asked of a t2.small in us-east-1a
/// that runs one task of service:production, with stack=prod, registered on 12 February 2018.
/// </summary>
public sealed class EcsExampleTests
{
    [Theory]
    [InlineData("attribute:ecs.instance-type == t2.small", true)]
    [InlineData("attribute:ecs.instance-type == g2.2xlarge", false)]
    [InlineData("attribute:ecs.instance-type =~ t2.*", true)]
    [InlineData("attribute:ecs.availability-zone in [us-east-1a, us-east-1b]", true)]
    [InlineData("attribute:ecs.instance-type in [t2.small, t2.medium]", true)]
    [InlineData("attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d", false)]
    [InlineData("attribute:ecs.instance-type =~ t2.* and attribute:ecs.availability-zone == us-east-1a", true)]
    [InlineData("attribute:stack == prod", true)]
    [InlineData("attribute:stack != prod", false)]
    [InlineData("task:group == service:production", true)]
    [InlineData("task:group == databases", false)]
    [InlineData("not(task:group == database)", true)]
    [InlineData("runningTasksCount == 1", true)]
    [InlineData("agentVersion < 1.14.5", true)]
    [InlineData("registeredAt < 2018-02-13", true)]
    [InlineData("ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", true)]
    [InlineData("(attribute:stack == dev or attribute:stack == prod) and attribute:missing exists", false)]
    public void Matches_ExampleOfTheDocumentation_IsWhatItSays(string text, bool expected) => Assert.Equal(expected, Facts.Matches(text));

    [Theory]
    [InlineData("registeredAt < 2018-06-18T22:28:28+00:00")]
    [InlineData("registeredAt < 2018-06-18T22:28:28Z")]
    [InlineData("registeredAt < 2018-06-18T22:28:28")]
    [InlineData("registeredAt < 2018-06-18")]
    public void Matches_EveryFormOfADate_IsRead(string text) => Assert.True(Facts.Matches(text));

    [Theory]
    [InlineData("attribute:cores equals 10", "attribute:cores == 10")]
    [InlineData("attribute:cores not_equals 11", "attribute:cores != 11")]
    [InlineData("attribute:cores greater_than 9", "attribute:cores > 9")]
    [InlineData("attribute:cores greater_than_equal 10", "attribute:cores >= 10")]
    [InlineData("attribute:cores less_than 11", "attribute:cores < 11")]
    [InlineData("attribute:cores less_than_equal 10", "attribute:cores <= 10")]
    [InlineData("attribute:missing not_exists", "attribute:missing !exists")]
    [InlineData("attribute:cores not_in [11]", "attribute:cores !in [11]")]
    [InlineData("attribute:cores matches 1.", "attribute:cores =~ 1.")]
    [InlineData("attribute:cores not_matches 1", "attribute:cores !~ 1")]
    [InlineData(
        "attribute:cores exists && ! attribute:cores ! exists || status == LOST",
        "attribute:cores exists and not(attribute:cores !exists) or status == LOST")]
    public void Parse_OperatorInWords_IsTheOneInSymbols(string words, string symbols)
    {
        Assert.Equal(Facts.Expression(symbols), Facts.Expression(words));
        Assert.Equal(symbols, Facts.Expression(words).ToString());
        Assert.True(Facts.Matches(words));
    }
}
