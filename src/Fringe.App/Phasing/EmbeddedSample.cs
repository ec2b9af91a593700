using Fringe.Formats;

namespace Fringe.App.Phasing;

/// <summary>The measurement that ships with the program, so that it can be tried without one (Samples/README.md).</summary>
internal static class EmbeddedSample
{
    public const string Name = "sample";

    /// <summary>Reads it as any file is read.</summary>
    public static MeasuredStack Read(CancellationToken cancellation)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fringe-sample-{Environment.ProcessId}.npz");
        try
        {
            using (Stream embedded = typeof(EmbeddedSample).Assembly.GetManifestResourceStream("Samples.sample.npz")!)
            using (FileStream file = File.Create(path))
            {
                embedded.CopyTo(file);
            }

            return MeasurementFile.ReadVolume(path, cancellation: cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
