using Fringe.Imaging;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>How the account of a measurement's data is printed: a line a subject.</summary>
internal static class AccountView
{
    public static IRenderable Create(IReadOnlyList<AccountLine> account)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(3)).AddColumn(new GridColumn());
        foreach (AccountLine line in account)
        {
            grid.AddRow(new Text(TerminalText.Clean(line.What)), new Text(TerminalText.Clean(line.Text)));
        }

        return grid;
    }
}
