using System.Globalization;
using System.Text.Json;
using OrleansCluster.Client.Http;

namespace OrleansCluster.Client;

/// <summary>Teams: <c>/v1/teams</c>.</summary>
public sealed class TeamsClient
{
    private readonly ApiConnection _connection;

    internal TeamsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Declares teams, all of them or none; each is added, or replaces the one of its name. Answers with all teams.</summary>
    /// <exception cref="ClusterApiException">400: the faults say what is wrong, all of it; nothing has changed.</exception>
    public Task<Page<TeamView>> ApplyAsync(TeamSet teams, CancellationToken cancellationToken = default) =>
        ApplyRawAsync(JsonSerializer.SerializeToElement(teams, ClusterJson.Options), cancellationToken);

    /// <summary>Declares teams as the user wrote them, so that the cluster finds the faults and its pointers match what was written.</summary>
    /// <exception cref="ClusterApiException">As <see cref="ApplyAsync"/>.</exception>
    public Task<Page<TeamView>> ApplyRawAsync(JsonElement teams, CancellationToken cancellationToken = default) =>
        _connection.PutAsync<Page<TeamView>>(ApiPath.Of("teams"), teams, cancellationToken);

    /// <summary>All teams that are declared, have claims or have tasks waiting.</summary>
    public Task<Page<TeamView>> GetAllAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<TeamView>>(ApiPath.Of("teams"), cancellationToken);

    /// <exception cref="ClusterApiException">404: no such team.</exception>
    public Task<TeamView> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<TeamView>(ApiPath.Of("teams", name), cancellationToken);

    /// <summary>Takes a declaration back; what runs goes on as an undeclared team's.</summary>
    /// <param name="etag">Only while the declaration has this ETag, as <see cref="TeamView.ETag"/> says it; any where <see langword="null"/>.</param>
    /// <exception cref="ClusterApiException">404: it is not declared. 409: it has children, or another ETag.</exception>
    public Task DeleteAsync(string name, string? etag, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync<TeamSet>(ApiPath.Of("teams", name), etag, cancellationToken);

    /// <summary>What teams have used, hour by hour.</summary>
    /// <param name="from">The last day where it is <see langword="null"/>.</param>
    /// <param name="to">Now where it is <see langword="null"/>.</param>
    public Task<Page<TeamUsage>> GetUsageAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<Page<TeamUsage>>(ApiPath.Of("teams", "usage").With("from", Spell(from)).With("to", Spell(to)), cancellationToken);

    private static string? Spell(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
