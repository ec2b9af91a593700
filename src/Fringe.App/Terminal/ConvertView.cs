using Fringe.Imaging.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What <c>fringe convert</c> prints of a scan: notes, what was done to the data, the file and how to phase it.</summary>
internal static class ConvertView
{
    public static IRenderable Create(ConvertedScan scan) =>
        new Rows([
            .. scan.Notes.Select(note => new Text($"note: {TerminalText.Clean(note)}", new Style(Color.Yellow))),
            AccountView.Create(scan.Account),
            new UnwrappedLine(
                $"written to {scan.Output}: {string.Join(" x ", scan.Shape!)} voxels, {NumberText.Figure(scan.Photons)} photons"
            ),
            new UnwrappedLine($"phase it: {scan.PhaseIt}"),
        ]);
}
