using Fringe.Imaging.Figures;

namespace Fringe.Benchmarks;

/// <summary>Renews the tables of docs/metrics.md from the catalogue of figures.</summary>
internal static class FigurePage
{
    /// <param name="results">The folder of the tables, docs/results.</param>
    public static void Write(string results)
    {
        string path = Path.Combine(results, "..", "metrics.md");
        File.WriteAllText(path, FigureDocs.Renew(File.ReadAllText(path)));
    }
}
