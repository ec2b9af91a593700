using System.Text;

namespace Fringe.Imaging.Figures;

/// <summary>The catalogue as the tables of docs/metrics.md.</summary>
internal static class FigureDocs
{
    /// <summary>The line before the tables.</summary>
    public const string Begin =
        "<!-- From the catalogue: dotnet run --project bench/Fringe.Benchmarks -c Release -- figures -->";

    /// <summary>The line behind them.</summary>
    public const string End = "<!-- End of what is from the catalogue. -->";

    /// <summary>A page with its tables as the catalogue has them.</summary>
    /// <param name="page">It has <see cref="Begin"/> and <see cref="End"/> once each, in this order.</param>
    public static string Renew(string page)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        return begin < Begin.Length || end < begin
            ? throw new ArgumentException($"the page lacks \"{Begin}\" or \"{End}\"")
            : $"{page[..begin]}\n\n{Tables()}\n{page[end..]}";
    }

    private static string Tables()
    {
        StringBuilder text = new();
        foreach (FigureTopic topic in FigureCatalog.Topics)
        {
            text.Append($"## {topic.Name}\n\n{topic.Where}\n\n| name | unit | meaning |\n|---|---|---|\n");
            // What is one sentence for three axes is one row.
            foreach (var same in topic.Figures.GroupBy(figure => (figure.Unit, figure.Explanation)))
            {
                string names = string.Join(", ", same.Select(figure => $"`{figure.JsonName}`"));
                text.Append($"| {names} | {Escape(same.Key.Unit)} | {Escape(same.Key.Explanation)} |\n");
            }

            text.Append('\n');
        }

        text.Append("## Texts\n\n| name | meaning |\n|---|---|\n");
        foreach (Fact fact in Facts.All)
        {
            text.Append($"| `{fact.JsonName}` | {Escape(fact.Meaning)} |\n");
        }

        return text.ToString();
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
