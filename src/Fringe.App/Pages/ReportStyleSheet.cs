namespace Fringe.App.Pages;

/// <summary>The style of <c>report.html</c>: light and dark, narrow and wide, and on paper.</summary>
internal static class ReportStyleSheet
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1f242a; --faint: #5b636d; --line: #dcdfe3; --panel: #f5f6f8;
          --accent: #145296; --warn: #8a5a00; --warn-paper: #fff6e0; --warn-line: #ecd08c;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #16191d; --ink: #e6e8eb; --faint: #9aa2ac; --line: #343a41; --panel: #1f2328;
            --accent: #8bbcf0; --warn: #f0c86e; --warn-paper: #2c2412; --warn-line: #5c4a1c;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 75rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif;
        }
        h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
        h2 { margin: 2.25rem 0 .6rem; font-size: 1.15rem; break-after: avoid; }
        .below { margin: .3rem 0 0; color: var(--faint); }
        .figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
        .figures li {
          flex: 1 1 9rem; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--panel); break-inside: avoid;
        }
        .figures span { display: block; color: var(--faint); font-size: .875rem; }
        .figures strong { font-size: 1.35rem; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .warnings {
          margin: 1.25rem 0 0; padding: .7rem 1rem .7rem 2rem; border: 1px solid var(--warn-line);
          border-radius: .5rem; background: var(--warn-paper); color: var(--warn); break-inside: avoid;
        }
        .whole { break-inside: avoid; }
        figure { margin: 0; break-inside: avoid; }
        figure img {
          display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: .5rem; background: #fff;
        }
        figcaption { margin-top: .5rem; color: var(--faint); font-size: .9rem; }
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .93rem; }
        table.narrow { width: auto; min-width: 20rem; }
        th, td { padding: .4rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
        th { color: var(--faint); font-weight: 600; }
        tr { break-inside: avoid; }
        th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
        td.number { white-space: nowrap; }
        td.long { overflow-wrap: anywhere; }
        td.name { white-space: nowrap; }
        .dropped { color: var(--faint); }
        code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .875rem; }
        pre {
          margin: .5rem 0 0; padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--panel); break-inside: avoid;
        }
        @media (max-width: 40rem) {
          body { padding: 1.25rem 1rem 2rem; }
          td.name { white-space: normal; overflow-wrap: anywhere; }
        }
        @media print {
          :root {
            color-scheme: light; --paper: #fff; --ink: #000; --faint: #444; --line: #bbb; --panel: #fff;
            --warn: #000; --warn-paper: #fff; --warn-line: #888;
          }
          @page { margin: 15mm; }
          html { font-size: 9.5pt; }
          body { max-width: none; padding: 0; }
          .scroll { overflow: visible; }
          th, td { padding: .3rem .5rem; }
          h2 { margin-top: 1.4rem; }
          pre { white-space: pre-wrap; }
        }
        """;
}
