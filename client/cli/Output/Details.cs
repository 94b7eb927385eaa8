using Spectre.Console;

namespace OrleansCluster.Cli.Output;

/// <summary>Names and values of one thing, a line each; what is empty is left out.</summary>
internal sealed class Details
{
    private readonly Table _table = new() { Border = TableBorder.None, ShowHeaders = false };

    public Details()
    {
        _table.AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        _table.AddColumn(new TableColumn("") { Padding = new Padding(0) });
    }

    public Details Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) _table.AddRow(new Text(name), new Text(Plain.Line(value)));
        return this;
    }

    public Details Add(string name, Text value)
    {
        _table.AddRow(new Text(name), value);
        return this;
    }

    public void WriteTo(IAnsiConsole console) => console.Write(_table);
}
