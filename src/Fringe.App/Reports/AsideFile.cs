namespace Fringe.App.Reports;

/// <summary>Writes a file aside and renames it, so that a reader sees the old file or the new one and never half of it.</summary>
internal static class AsideFile
{
    /// <summary>Replaces <paramref name="path"/> by <paramref name="bytes"/>; its folder must exist.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string aside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            File.WriteAllBytes(aside, bytes);
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }
}
