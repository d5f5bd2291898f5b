using System.Globalization;
using System.Text;

namespace Kinora.Benchmarks;

/// <summary>Collects rows and writes them as Markdown: what, the two figures, their ratio, and what it must be.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    public Report()
    {
        _text.AppendLine("# One machine: speed and memory");
        _text.AppendLine();
        _text.AppendLine("Made by `make bench`. Everything is measured in one run, the two sides in turn, medians; absolute times are this machine's, the ratios are what to look at.");
        _text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}.");
    }

    public void Section(string title, params string[] columns)
    {
        Console.Error.WriteLine(title);
        _text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public void Row(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    public string ToMarkdown() => _text.ToString();

    public static string Number(double value, string format = "0.00") => value.ToString(format, CultureInfo.InvariantCulture);
}
