using Fringe.App.Reports;
using Fringe.Formats.Arrays;
using Fringe.Imaging;

namespace Fringe.App.Terminal;

/// <summary>What <c>fringe inspect --json</c> prints.</summary>
internal sealed record InspectedFile(
    string Path,
    string Format,
    IReadOnlyList<ArrayDescription> Arrays,
    IReadOnlyList<MetadataItem> Metadata,
    IReadOnlyList<AccountLine> Account,
    IReadOnlyList<string> Notes
)
{
    /// <param name="file">What the file holds.</param>
    /// <param name="stack">What its stack is like.</param>
    public static InspectedFile Of(FileDescription file, InspectedFrames stack) =>
        new(file.Path, file.Format, file.Arrays, file.Metadata, stack.Measurement?.Account ?? [], NotesOf(stack));

    /// <summary>Notes, or why there is no account.</summary>
    public static IReadOnlyList<string> NotesOf(InspectedFrames stack) =>
        [
            .. (stack.Measurement?.Notes ?? []).Select(FlagNames.Render),
            .. stack.Lack.Length > 0 ? [$"No account: {FlagNames.Render(stack.Lack)}."] : Array.Empty<string>(),
        ];
}
