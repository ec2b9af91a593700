namespace Fringe.Tests.Formats.Fuzzing;

/// <summary>A reader of files, with sound files to damage.</summary>
/// <param name="Name">For people: "TIFF".</param>
/// <param name="HeaderBytes">Half of the injuries go to the first so many bytes, where the structure is.</param>
/// <param name="Originals">Contents of sound files.</param>
/// <param name="Read">Reads everything in a file's content.</param>
internal sealed record FuzzedReader(
    string Name,
    int HeaderBytes,
    IReadOnlyList<byte[]> Originals,
    Action<byte[], CancellationToken> Read
);
