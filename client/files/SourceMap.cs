namespace OrleansCluster.Files;

/// <summary>Knows for each JSON pointer where in the user's file it stands: a field at its name, an element at its value.</summary>
internal sealed class SourceMap(string file)
{
    private readonly Dictionary<string, Position> _positions = [];

    public string File { get; } = file;

    public void Add(string pointer, Position position) => _positions.TryAdd(pointer, position);

    /// <summary>Where something is that is there, or what should hold it where it is missing.</summary>
    public Position Find(string pointer)
    {
        for (string? at = pointer; at is not null; at = JsonPointer.Parent(at))
        {
            if (_positions.TryGetValue(at, out var position)) return position;
        }

        return new Position(1, 1);
    }

    public LocatedFault Locate(Fault fault) => Locate(fault.Path, fault.Message, Find(fault.Path));

    public LocatedFault Locate(string path, string message, Position at) =>
        new() { Path = path, Message = message, File = File, Line = at.Line, Column = at.Column };
}
