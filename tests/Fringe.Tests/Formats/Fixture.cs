namespace Fringe.Tests.Formats;

/// <summary>Files that other programs wrote (Fixtures/make_fixtures.py says how).</summary>
internal static class Fixture
{
    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    public static byte[] Bytes(string name) => System.IO.File.ReadAllBytes(File(name));

    /// <summary>The values that make_fixtures.py puts into every stack: element k is 7 k mod 251.</summary>
    public static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(k => (float)(k * 7 % 251))];
}
