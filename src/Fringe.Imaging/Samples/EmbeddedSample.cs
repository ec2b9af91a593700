using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Spec;

namespace Fringe.Imaging.Samples;

/// <summary>The scan that ships with the program, so that it can be tried without one (Samples/README.md).</summary>
internal static class EmbeddedSample
{
    public const string Name = "sample";
    private const string Origin = "embedded sample";

    /// <summary>Reads its frames as any file's are read.</summary>
    public static MeasuredStack Read(CancellationToken cancellation) =>
        WithFile("sample.npz", path => MeasurementFile.ReadVolume(path, cancellation: cancellation));

    /// <summary>How it was measured.</summary>
    public static RockingScan Scan()
    {
        ScanRecord record = WithFile("sample.spec", path => SpecFile.Read(path, scan: 1).Record);
        RockingScan scan = RockingScan.From(BeamlineLibrary.Find("34-ID-C"), record, new GeometryOverrides());
        // The file that it was unpacked to is gone.
        return scan with
        {
            Origin = Origin,
            Origins =
            [
                .. scan.Origins.Select(origin =>
                    origin with
                    {
                        Source = origin.Source.Replace(record.Origin, Origin, StringComparison.Ordinal),
                    }
                ),
            ],
        };
    }

    private static T WithFile<T>(string name, Func<string, T> read)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fringe-{Environment.ProcessId}-{name}");
        try
        {
            using (Stream embedded = typeof(EmbeddedSample).Assembly.GetManifestResourceStream($"Samples.{name}")!)
            using (FileStream file = File.Create(path))
            {
                embedded.CopyTo(file);
            }

            return read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
