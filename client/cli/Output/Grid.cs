using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrleansCluster.Cli.Output;

/// <summary>A table without lines: words under words, as the tools of a shell have it. Only the last column may wrap.</summary>
internal sealed class Grid
{
    private readonly Table _table = new() { Border = TableBorder.None, ShowRowSeparators = false };

    public Grid(params ReadOnlySpan<string> headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            var isLast = i == headers.Length - 1;
            _table.AddColumn(new TableColumn(new Text(headers[i], new Style(decoration: Decoration.Bold)))
            {
                NoWrap = !isLast,
                Padding = new Padding(0, 0, isLast ? 0 : 2, 0),
            });
        }
    }

    public void Add(params IEnumerable<object> cells) => _table.AddRow(cells.Select(ToCell));

    public void WriteTo(IAnsiConsole console) => console.Write(_table);

    private static IRenderable ToCell(object cell) => cell as IRenderable ?? new Text(Plain.Line(cell.ToString() ?? ""));
}
