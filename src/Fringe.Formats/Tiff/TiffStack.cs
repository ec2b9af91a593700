using Fringe.Core;

namespace Fringe.Formats.Tiff;

/// <summary>Which frames a TIFF file holds: its pages, or those that its first page's text counts.</summary>
internal static class TiffStack
{
    private const long MaximumFrames = 1 << 24;

    /// <summary>The frames, if each is plain; null where LibTiff must decode.</summary>
    /// <param name="pages">Of the frames; at least one.</param>
    /// <param name="fileLength">Bytes in the file.</param>
    /// <param name="path">For errors.</param>
    /// <exception cref="InputException">
    /// The text counts other frames than are there, or frames along more than one axis.
    /// </exception>
    public static IReadOnlyList<PlainTiffPage>? Plain(IReadOnlyList<TiffDirectory> pages, long fileLength, string path)
    {
        if (TiffDescription.Of(pages[0].Description) is { Frames: > 1 } stack)
        {
            bool hasOnePage = pages.Count == 1 && stack.MayHaveOnePage;
            if (hasOnePage || pages.Count > 1)
            {
                RequireOneAxis(stack, path);
            }

            if (hasOnePage)
            {
                return Behind(pages[0].Plain, stack, fileLength, path);
            }

            // More pages than it counts were added later.
            if (pages.Count > 1 && pages.Count < stack.Frames)
            {
                throw InputException.ForFile(
                    path,
                    $"{stack.Writer}'s description counts {stack.Frames} images but the file has {pages.Count} pages; "
                        + "was it cut short? Copy it again or save the stack anew"
                );
            }
        }

        return pages.Any(page => page.Plain is null) ? null : [.. pages.Select(page => page.Plain!)];
    }

    private static void RequireOneAxis(TiffDescription stack, string path)
    {
        if (stack.Axes.Count > 1)
        {
            throw InputException.ForFile(
                path,
                $"{stack.Writer}'s stack has several axes ({string.Join(" x ", stack.Axes)}), expected the rocking curve alone; "
                    + "save one channel, slice or scan as a stack of its own"
            );
        }
    }

    // Beyond 4 GB ImageJ gives the first frame a page and lays the others behind it.
    private static PlainTiffPage[] Behind(PlainTiffPage? first, TiffDescription stack, long fileLength, string path)
    {
        if (first is null)
        {
            throw InputException.ForFile(
                path,
                $"{stack.Writer}'s description counts {stack.Frames} images but the file has one page entry, and the others can be "
                    + "found behind plain grey pixels only; save the stack uncompressed, or with an entry a frame"
            );
        }

        long room = Math.Min((fileLength - first.Offset) / first.Layout.Bytes, MaximumFrames);
        return stack.Frames > room
            ? throw InputException.ForFile(
                path,
                $"truncated: {stack.Writer}'s description counts {stack.Frames} images but there is room for {room}; "
                    + "copy or save the file again"
            )
            :
            [
                .. Enumerable
                    .Range(0, (int)stack.Frames)
                    .Select(frame => first with { Offset = first.Offset + (frame * first.Layout.Bytes) }),
            ];
    }
}
