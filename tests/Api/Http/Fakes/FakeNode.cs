using System.Collections.Immutable;

namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeNode : INodeGrain
{
    private readonly List<LogLine> _lines = [];
    private readonly Lock _lock = new();
    private bool _ended;

    public LogRequest? LastRequest { get; private set; }
    public Refusal? Refusal { get; set; }

    public void Write(params string[] texts)
    {
        lock (_lock)
            _lines.AddRange(texts.Select(text => new LogLine(Samples.Now, "stdout", text)));
    }

    public void End()
    {
        lock (_lock)
            _ended = true;
    }

    public Task<Answer<LogChunk>> ReadLogs(LogRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            LastRequest = request;
            if (Refusal is not null)
                return Task.FromResult<Answer<LogChunk>>(Refusal);
            ImmutableArray<LogLine> lines = [.. _lines.Skip((int)request.From).Take(request.Limit)];
            var next = request.From + lines.Length;
            return Task.FromResult<Answer<LogChunk>>(new LogChunk { Lines = lines, Next = next, IsEnd = _ended && next == _lines.Count });
        }
    }

    public Task<Answer<NodeLease>> Register(NodeRegistration registration) => throw new NotSupportedException();

    public Task<NodeLease> Renew(string session) => throw new NotSupportedException();

    public Task<NodeAssignment> Watch(string session, long version, TimeSpan wait, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<TaskDirective>> Report(string session, ImmutableArray<TaskObservation> observations) => throw new NotSupportedException();

    public Task ClaimsChanged(NodeClaims claims) => throw new NotSupportedException();

    public Task Checkpoint(string taskId, int attempt, int request) => throw new NotSupportedException();

    public Task StopTask(string taskId, int attempt) => throw new NotSupportedException();

    public Task AnswerLogs(string requestId, LogChunk chunk) => throw new NotSupportedException();

    public Task Ensure() => throw new NotSupportedException();
}
