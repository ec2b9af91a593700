using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>
/// A line that only the terminal itself may wrap, so that a long path or dataset name can be copied in one piece and a
/// redirected output holds it on one line.
/// </summary>
internal sealed class UnwrappedLine(string text) : Renderable
{
    private readonly string line = TerminalText.Clean(text);

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(line.Length, line.Length);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(line)];
}
